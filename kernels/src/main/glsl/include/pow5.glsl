// SPDX-License-Identifier: Apache-2.0
//
// Powers of five.
//
//   uint64_t u64_pow5(uint k)              k 0..27
//   int pow5_log2(int k)                   the power of two at or below 5^k, |k| up to 400
//   uint64_t POW5_STEPS[78]                the first 192 bits of 5^(27 k), k from -13 to 12, lowest words first: rounded
//                                          down, exact for k = 0..3
//   u128 pow5_power(int k)                 the first 128 bits of 5^k, k -351..350: at most one unit too large, never
//                                          too small; exact for k = 0..55
#ifndef KRONOS_POW5_GLSL
#define KRONOS_POW5_GLSL

#include "abi.glsl"
#include "int128.glsl"

const uint POW5_STEP = 27u;
const int POW5_ORIGIN = 13;

const uint64_t POW5_STEPS[78] = uint64_t[](
    0xAC261E9F5141430Bul, 0x205B896D777D6278ul, 0x8049A4AC0C5811AEul,
    0x475F2B7D7DF1AD7Aul, 0x52064CAC828675B9ul, 0xCF42894A5DCE35EAul,
    0x657C8F4D43323A36ul, 0xAF2AF2B80AF6F24Eul, 0xA76C582338ED2621ul,
    0xCC35EDDFCF0996D7ul, 0x5A7744A6E804A291ul, 0x873E4F75E2224E68ul,
    0xA30294CC2934E662ul, 0xAF39A475506A899Eul, 0xDA7F5BF590966848ul,
    0xFE13A5C86AF64418ul, 0xBD8D794D96AACFB3ul, 0xB080392CC4349DECul,
    0x41B0230E1421487Dul, 0x547EB47B7282EE9Cul, 0x8E938662882AF53Eul,
    0xA3B561B1CB208396ul, 0x0CB4A5A3112A5112ul, 0xE65829B3046B0AFAul,
    0x21A0183E10583CD3ul, 0x92F34D62616CE413ul, 0xBA121A4650E4DDEBul,
    0xE9082F25E9C5E9ECul, 0x3A6A07F8D510F86Ful, 0x964E858C91BA2655ul,
    0x3695DAD7E8858901ul, 0xFAE27299423FB9C3ul, 0xF2D56790AB41C2A2ul,
    0x96842DC95323F5A8ul, 0xAA97E14C3C26B886ul, 0xC428D05AA4751E4Cul,
    0xCA49F1C05120C9C7ul, 0x775EA264CF55347Dul, 0x9E74D1B791E07E48ul,
    0x0000000000000000ul, 0x0000000000000000ul, 0x8000000000000000ul,
    0x0000000000000000ul, 0x0000000000000000ul, 0xCECB8F27F4200F3Aul,
    0x0000000000000000ul, 0x999090B65F67D924ul, 0xA70C3C40A64E6C51ul,
    0xDF9F915627C04E28ul, 0x69A028BB3DED71A3ul, 0x86F0AC99B4E8DAFDul,
    0xD74BAAD03BC1D8D3ul, 0xE80E6F4820CC9495ul, 0xDA01EE641A708DE9ul,
    0xC04C79FFE324301Ful, 0x5EC05DCFF72E7F8Ful, 0xB01AE745B101E9E4ul,
    0x23BD6A2059C002F5ul, 0x14588F13BE847307ul, 0x8E41ADE9FBEBC27Dul,
    0xF0B5CCF5176ECC7Cul, 0x8F1668C8A86DA5FAul, 0xE5D3EF282A242E81ul,
    0x88EFB0037AC08BDEul, 0x6D953E2BD7173692ul, 0xB9A74A0637CE2EE1ul,
    0x0D5A4AF7B3A98E47ul, 0x4ABDAF101564F98Eul, 0x95F83D0A1FB69CD9ul,
    0x3D9C44CD2F36917Cul, 0xBC633B39673C8CECul, 0xF24A01A73CF2DCCFul,
    0x02606EA01029DC37ul, 0x0A862F80EC4700C8ul, 0xC3B8358109E84F07ul,
    0x4944D9F52CD0DEC2ul, 0x6C07A2C26A8346D1ul, 0x9E19DB92B4E31BA9ul);

uint64_t u64_pow5(uint k) {
  return k == 27u ? 7450580596923828125ul : (k < 20u ? u64_pow10(k) >> k : u128_shr(u128_pow10(k), k).lo);
}

int pow5_log2(int k) {
  return (k * 1217359) >> 19;
}

u128 pow5_power(int k) {
  uint from = uint(k + POW5_ORIGIN * int(POW5_STEP));
  uint step = from / POW5_STEP;
  uint64_t rest = u64_pow5(from - step * POW5_STEP);
  u128 high = u128(0ul, 0ul);
  u128 middle;
  // One place that reads the table: drivers copy it for each.
  for (uint word = 0u; word < 3u; word++) {
    middle = high;
    high = u128_add(u128_mul_u64(POW5_STEPS[3u * step + word], rest), u128(middle.hi, 0ul));
  }
  uint shift = u128_clz(high);
  high = u128_shl(high, shift);
  high.lo |= shift == 0u ? 0ul : middle.lo >> (64u - shift);
  return k >= 0 && k <= 55 ? high : u128_add(high, u128(1ul, 0ul));
}

#endif
