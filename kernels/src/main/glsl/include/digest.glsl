// SPDX-License-Identifier: Apache-2.0
//
// Digests of the bytes of strings, as digits of base 16; and a checksum. A message is read as words of 64 bits: its bytes,
// a bit, zeros, and in the last 8 bytes of the last block the number of its bits.
//
//   Str digest_md5(Str s)                                     RFC 1321
//   Str digest_sha1(Str s)   Str digest_sha224(Str s)   Str digest_sha256(Str s)   Str digest_sha384(Str s)
//   Str digest_sha512(Str s)                                  FIPS 180-4
//   int64_t digest_crc32(Str s)                               ISO 3309, 0 to 2^32 - 1
#ifndef KRONOS_DIGEST_GLSL
#define KRONOS_DIGEST_GLSL

#include "abi.glsl"
#include "make_text.glsl"

// Words of the padded message.
uint digest_words(Str s, uint blockWords, uint lengthWords) {
  uint words = (s.size >> 3) + 1u + lengthWords;
  return (words + blockWords - 1u) / blockWords * blockWords;
}

// The i-th word of the padded message, its first byte lowest; the last one, the length, is left to the caller.
uint64_t digest_word(Str s, uint i) {
  uint whole = s.size >> 3;
  uint64_t word = 0ul;
  if (i * 8u < s.size) {
    word = str_word(s, i);
  }
  return i == whole ? word | (0x80ul << ((s.size & 7u) * 8u)) : word;
}

uint64_t digest_digit(uint digit) {
  return uint64_t(digit + (digit < 10u ? 0x30u : 0x57u));
}

// Writes the k-th 32 bits, the highest first, as 8 digits.
void digest_store(Str made, uint k, uint value) {
  uint64_t digits = 0ul;
  for (uint i = 0u; i < 8u; i++) {
    digits |= digest_digit((value >> (28u - 4u * i)) & 15u) << (8u * i);
  }
  if (made.address != 0ul) {
    BufferU64(made.address).v[k] = digits;
  }
}

uint digest_left(uint x, uint n) {
  return (x << n) | (x >> (32u - n));
}

const uint DIGEST_SINES[64] = uint[](
  0xD76AA478u, 0xE8C7B756u, 0x242070DBu, 0xC1BDCEEEu, 0xF57C0FAFu, 0x4787C62Au, 0xA8304613u, 0xFD469501u, 0x698098D8u,
  0x8B44F7AFu, 0xFFFF5BB1u, 0x895CD7BEu, 0x6B901122u, 0xFD987193u, 0xA679438Eu, 0x49B40821u, 0xF61E2562u, 0xC040B340u,
  0x265E5A51u, 0xE9B6C7AAu, 0xD62F105Du, 0x02441453u, 0xD8A1E681u, 0xE7D3FBC8u, 0x21E1CDE6u, 0xC33707D6u, 0xF4D50D87u,
  0x455A14EDu, 0xA9E3E905u, 0xFCEFA3F8u, 0x676F02D9u, 0x8D2A4C8Au, 0xFFFA3942u, 0x8771F681u, 0x6D9D6122u, 0xFDE5380Cu,
  0xA4BEEA44u, 0x4BDECFA9u, 0xF6BB4B60u, 0xBEBFBC70u, 0x289B7EC6u, 0xEAA127FAu, 0xD4EF3085u, 0x04881D05u, 0xD9D4D039u,
  0xE6DB99E5u, 0x1FA27CF8u, 0xC4AC5665u, 0xF4292244u, 0x432AFF97u, 0xAB9423A7u, 0xFC93A039u, 0x655B59C3u, 0x8F0CCC92u,
  0xFFEFF47Du, 0x85845DD1u, 0x6FA87E4Fu, 0xFE2CE6E0u, 0xA3014314u, 0x4E0811A1u, 0xF7537E82u, 0xBD3AF235u, 0x2AD7D2BBu,
  0xEB86D391u);

const uint DIGEST_TURNS[16] = uint[](7u, 12u, 17u, 22u, 5u, 9u, 14u, 20u, 4u, 11u, 16u, 23u, 6u, 10u, 15u, 21u);

Str digest_md5(Str s) {
  uint state[4] = uint[](0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u);
  uint words = digest_words(s, 8u, 1u);
  for (uint base = 0u; base < words; base += 8u) {
    uint message[16];
    for (uint i = 0u; i < 8u; i++) {
      uint64_t word = digest_word(s, base + i);
      if (base + i == words - 1u) {
        word = uint64_t(s.size) << 3;
      }
      message[2u * i] = uint(word);
      message[2u * i + 1u] = uint(word >> 32);
    }
    uint a = state[0];
    uint b = state[1];
    uint c = state[2];
    uint d = state[3];
    for (uint i = 0u; i < 64u; i++) {
      uint round = i >> 4;
      uint f;
      uint place;
      if (round == 0u) {
        f = (b & c) | (~b & d);
        place = i;
      } else if (round == 1u) {
        f = (d & b) | (~d & c);
        place = 5u * i + 1u;
      } else if (round == 2u) {
        f = b ^ c ^ d;
        place = 3u * i + 5u;
      } else {
        f = c ^ (b | ~d);
        place = 7u * i;
      }
      uint sum = a + f + DIGEST_SINES[i] + message[place & 15u];
      a = d;
      d = c;
      c = b;
      b += digest_left(sum, DIGEST_TURNS[(round << 2) | (i & 3u)]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }
  Str made = text_take(32ul);
  for (uint k = 0u; k < 4u; k++) {
    digest_store(made, k, str_swap32(state[k]));
  }
  return made;
}

Str digest_sha1(Str s) {
  uint state[5] = uint[](0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u, 0xC3D2E1F0u);
  uint words = digest_words(s, 8u, 1u);
  for (uint base = 0u; base < words; base += 8u) {
    uint message[16];
    for (uint i = 0u; i < 8u; i++) {
      uint64_t word = str_big_endian(digest_word(s, base + i));
      if (base + i == words - 1u) {
        word = uint64_t(s.size) << 3;
      }
      message[2u * i] = uint(word >> 32);
      message[2u * i + 1u] = uint(word);
    }
    uint a = state[0];
    uint b = state[1];
    uint c = state[2];
    uint d = state[3];
    uint e = state[4];
    for (uint i = 0u; i < 80u; i++) {
      uint k = i & 15u;
      if (i >= 16u) {
        uint mixed = message[(i + 13u) & 15u] ^ message[(i + 8u) & 15u] ^ message[(i + 2u) & 15u] ^ message[k];
        message[k] = digest_left(mixed, 1u);
      }
      uint f = b ^ c ^ d;
      uint constant = i < 40u ? 0x6ED9EBA1u : 0xCA62C1D6u;
      if (i < 20u) {
        f = (b & c) | (~b & d);
        constant = 0x5A827999u;
      } else if (i >= 40u && i < 60u) {
        f = (b & c) | (b & d) | (c & d);
        constant = 0x8F1BBCDCu;
      }
      uint sum = digest_left(a, 5u) + f + e + constant + message[k];
      e = d;
      d = c;
      c = digest_left(b, 30u);
      b = a;
      a = sum;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
  }
  Str made = text_take(40ul);
  for (uint k = 0u; k < 5u; k++) {
    digest_store(made, k, state[k]);
  }
  return made;
}

// Bits behind the point of the cube roots of the first 80 primes.
const uint64_t DIGEST_CUBES[80] = uint64_t[](
  0x428A2F98D728AE22ul, 0x7137449123EF65CDul, 0xB5C0FBCFEC4D3B2Ful, 0xE9B5DBA58189DBBCul, 0x3956C25BF348B538ul,
  0x59F111F1B605D019ul, 0x923F82A4AF194F9Bul, 0xAB1C5ED5DA6D8118ul, 0xD807AA98A3030242ul, 0x12835B0145706FBEul,
  0x243185BE4EE4B28Cul, 0x550C7DC3D5FFB4E2ul, 0x72BE5D74F27B896Ful, 0x80DEB1FE3B1696B1ul, 0x9BDC06A725C71235ul,
  0xC19BF174CF692694ul, 0xE49B69C19EF14AD2ul, 0xEFBE4786384F25E3ul, 0x0FC19DC68B8CD5B5ul, 0x240CA1CC77AC9C65ul,
  0x2DE92C6F592B0275ul, 0x4A7484AA6EA6E483ul, 0x5CB0A9DCBD41FBD4ul, 0x76F988DA831153B5ul, 0x983E5152EE66DFABul,
  0xA831C66D2DB43210ul, 0xB00327C898FB213Ful, 0xBF597FC7BEEF0EE4ul, 0xC6E00BF33DA88FC2ul, 0xD5A79147930AA725ul,
  0x06CA6351E003826Ful, 0x142929670A0E6E70ul, 0x27B70A8546D22FFCul, 0x2E1B21385C26C926ul, 0x4D2C6DFC5AC42AEDul,
  0x53380D139D95B3DFul, 0x650A73548BAF63DEul, 0x766A0ABB3C77B2A8ul, 0x81C2C92E47EDAEE6ul, 0x92722C851482353Bul,
  0xA2BFE8A14CF10364ul, 0xA81A664BBC423001ul, 0xC24B8B70D0F89791ul, 0xC76C51A30654BE30ul, 0xD192E819D6EF5218ul,
  0xD69906245565A910ul, 0xF40E35855771202Aul, 0x106AA07032BBD1B8ul, 0x19A4C116B8D2D0C8ul, 0x1E376C085141AB53ul,
  0x2748774CDF8EEB99ul, 0x34B0BCB5E19B48A8ul, 0x391C0CB3C5C95A63ul, 0x4ED8AA4AE3418ACBul, 0x5B9CCA4F7763E373ul,
  0x682E6FF3D6B2B8A3ul, 0x748F82EE5DEFB2FCul, 0x78A5636F43172F60ul, 0x84C87814A1F0AB72ul, 0x8CC702081A6439ECul,
  0x90BEFFFA23631E28ul, 0xA4506CEBDE82BDE9ul, 0xBEF9A3F7B2C67915ul, 0xC67178F2E372532Bul, 0xCA273ECEEA26619Cul,
  0xD186B8C721C0C207ul, 0xEADA7DD6CDE0EB1Eul, 0xF57D4F7FEE6ED178ul, 0x06F067AA72176FBAul, 0x0A637DC5A2C898A6ul,
  0x113F9804BEF90DAEul, 0x1B710B35131C471Bul, 0x28DB77F523047D84ul, 0x32CAAB7B40C72493ul, 0x3C9EBE0A15C9BEBCul,
  0x431D67C49C100D4Cul, 0x4CC5D4BECB3E42B6ul, 0x597F299CFC657E2Aul, 0x5FCB6FAB3AD6FAECul, 0x6C44198C4A475817ul);

uint digest_right(uint x, uint n) {
  return (x >> n) | (x << (32u - n));
}

Str digest_sha2_32(Str s, uint state[8], uint parts) {
  uint words = digest_words(s, 8u, 1u);
  for (uint base = 0u; base < words; base += 8u) {
    uint message[16];
    for (uint i = 0u; i < 8u; i++) {
      uint64_t word = str_big_endian(digest_word(s, base + i));
      if (base + i == words - 1u) {
        word = uint64_t(s.size) << 3;
      }
      message[2u * i] = uint(word >> 32);
      message[2u * i + 1u] = uint(word);
    }
    uint v[8] = state;
    for (uint i = 0u; i < 64u; i++) {
      uint k = i & 15u;
      if (i >= 16u) {
        uint near = message[(i + 1u) & 15u];
        uint far = message[(i + 14u) & 15u];
        near = digest_right(near, 7u) ^ digest_right(near, 18u) ^ (near >> 3);
        far = digest_right(far, 17u) ^ digest_right(far, 19u) ^ (far >> 10);
        message[k] += near + message[(i + 9u) & 15u] + far;
      }
      uint e = digest_right(v[4], 6u) ^ digest_right(v[4], 11u) ^ digest_right(v[4], 25u);
      uint choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
      uint sum = v[7] + e + choice + uint(DIGEST_CUBES[i] >> 32) + message[k];
      uint a = digest_right(v[0], 2u) ^ digest_right(v[0], 13u) ^ digest_right(v[0], 22u);
      uint most = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
      for (uint j = 7u; j > 0u; j--) {
        v[j] = v[j - 1u];
      }
      v[4] += sum;
      v[0] = sum + a + most;
    }
    for (uint j = 0u; j < 8u; j++) {
      state[j] += v[j];
    }
  }
  Str made = text_take(uint64_t(parts * 8u));
  for (uint k = 0u; k < parts; k++) {
    digest_store(made, k, state[k]);
  }
  return made;
}

Str digest_sha224(Str s) {
  uint state[8] = uint[](
    0xC1059ED8u, 0x367CD507u, 0x3070DD17u, 0xF70E5939u, 0xFFC00B31u, 0x68581511u, 0x64F98FA7u, 0xBEFA4FA4u);
  return digest_sha2_32(s, state, 7u);
}

Str digest_sha256(Str s) {
  uint state[8] = uint[](
    0x6A09E667u, 0xBB67AE85u, 0x3C6EF372u, 0xA54FF53Au, 0x510E527Fu, 0x9B05688Cu, 0x1F83D9ABu, 0x5BE0CD19u);
  return digest_sha2_32(s, state, 8u);
}

uint64_t digest_right(uint64_t x, uint n) {
  return (x >> n) | (x << (64u - n));
}

Str digest_sha2_64(Str s, uint64_t state[8], uint parts) {
  uint words = digest_words(s, 16u, 2u);
  for (uint base = 0u; base < words; base += 16u) {
    uint64_t message[16];
    for (uint i = 0u; i < 16u; i++) {
      message[i] = str_big_endian(digest_word(s, base + i));
      if (base + i == words - 1u) {
        message[i] = uint64_t(s.size) << 3;
      }
    }
    uint64_t v[8] = state;
    for (uint i = 0u; i < 80u; i++) {
      uint k = i & 15u;
      if (i >= 16u) {
        uint64_t near = message[(i + 1u) & 15u];
        uint64_t far = message[(i + 14u) & 15u];
        near = digest_right(near, 1u) ^ digest_right(near, 8u) ^ (near >> 7);
        far = digest_right(far, 19u) ^ digest_right(far, 61u) ^ (far >> 6);
        message[k] += near + message[(i + 9u) & 15u] + far;
      }
      uint64_t e = digest_right(v[4], 14u) ^ digest_right(v[4], 18u) ^ digest_right(v[4], 41u);
      uint64_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
      uint64_t sum = v[7] + e + choice + DIGEST_CUBES[i] + message[k];
      uint64_t a = digest_right(v[0], 28u) ^ digest_right(v[0], 34u) ^ digest_right(v[0], 39u);
      uint64_t most = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
      for (uint j = 7u; j > 0u; j--) {
        v[j] = v[j - 1u];
      }
      v[4] += sum;
      v[0] = sum + a + most;
    }
    for (uint j = 0u; j < 8u; j++) {
      state[j] += v[j];
    }
  }
  Str made = text_take(uint64_t(parts * 16u));
  for (uint k = 0u; k < 2u * parts; k++) {
    uint64_t part = state[k >> 1];
    digest_store(made, k, uint((k & 1u) == 0u ? part >> 32 : part));
  }
  return made;
}

Str digest_sha384(Str s) {
  uint64_t state[8] = uint64_t[](
    0xCBBB9D5DC1059ED8ul, 0x629A292A367CD507ul, 0x9159015A3070DD17ul, 0x152FECD8F70E5939ul,
    0x67332667FFC00B31ul, 0x8EB44A8768581511ul, 0xDB0C2E0D64F98FA7ul, 0x47B5481DBEFA4FA4ul);
  return digest_sha2_64(s, state, 6u);
}

Str digest_sha512(Str s) {
  uint64_t state[8] = uint64_t[](
    0x6A09E667F3BCC908ul, 0xBB67AE8584CAA73Bul, 0x3C6EF372FE94F82Bul, 0xA54FF53A5F1D36F1ul,
    0x510E527FADE682D1ul, 0x9B05688C2B3E6C1Ful, 0x1F83D9ABFB41BD6Bul, 0x5BE0CD19137E2179ul);
  return digest_sha2_64(s, state, 8u);
}

// Remainders of 4 bits.
const uint DIGEST_REMAINDERS[16] = uint[](
  0x00000000u, 0x1DB71064u, 0x3B6E20C8u, 0x26D930ACu, 0x76DC4190u, 0x6B6B51F4u, 0x4DB26158u, 0x5005713Cu,
  0xEDB88320u, 0xF00F9344u, 0xD6D6A3E8u, 0xCB61B38Cu, 0x9B64C2B0u, 0x86D3D2D4u, 0xA00AE278u, 0xBDBDF21Cu);

int64_t digest_crc32(Str s) {
  uint rest = 0xFFFFFFFFu;
  for (uint i = 0u; i < s.size; i++) {
    rest ^= str_byte(s, i);
    rest = (rest >> 4) ^ DIGEST_REMAINDERS[rest & 15u];
    rest = (rest >> 4) ^ DIGEST_REMAINDERS[rest & 15u];
  }
  return int64_t(uint64_t(~rest));
}

#endif
