// SPDX-License-Identifier: Apache-2.0
//
// Halves, IEEE 754 binary16, as the low 16 bits of an int. All by integers, for devices differ in what they do
// with numbers below the smallest normal one, and not all have halves.
//
//   float half_to_float(int half)     exactly; a NaN becomes the canonical one
//   int half_of_double(double a)      the nearest half, ties to even, as a sign-extended int; infinity where it is too
//                                     great, 0x7E00 for NaN
#ifndef KRONOS_HALF_GLSL
#define KRONOS_HALF_GLSL

#include "abi.glsl"

const uint HALF_SIGN = 0x8000u;
const uint HALF_INFINITY = 0x7C00u;
const uint HALF_NAN = 0x7E00u;

float half_to_float(int half_bits) {
  uint bits = uint(half_bits) & 0xFFFFu;
  uint sign = (bits & HALF_SIGN) << 16;
  uint magnitude = bits & 0x7FFFu;
  if (magnitude > HALF_INFINITY) {
    return uintBitsToFloat(0x7FC00000u);
  }
  if (magnitude == HALF_INFINITY) {
    return uintBitsToFloat(sign | 0x7F800000u);
  }
  if (magnitude >= 0x0400u) {
    return uintBitsToFloat(sign | ((magnitude << 13) + 0x38000000u));
  }
  if (magnitude == 0u) {
    return uintBitsToFloat(sign);
  }
  // Below the smallest normal half: the highest bit set is the float's leading one.
  uint top = uint(findMSB(magnitude));
  uint fraction = (magnitude << (23u - top)) & 0x007FFFFFu;
  return uintBitsToFloat(sign | (top + 103u) << 23 | fraction);
}

int half_of_double(double a) {
  uvec2 words = unpackDouble2x32(a);
  uint sign = (words.y >> 16) & HALF_SIGN;
  uint fraction = words.y & 0x000FFFFFu;
  int exponent = int((words.y >> 20) & 0x7FFu) - 1023;
  uint magnitude;
  if (exponent == 1024) {
    bool nan = (fraction | words.x) != 0u;
    sign = nan ? 0u : sign;
    magnitude = nan ? HALF_NAN : HALF_INFINITY;
  } else if (exponent > 15) {
    magnitude = HALF_INFINITY;
  } else if (exponent < -25) {
    magnitude = 0u;
  } else {
    // The significand in 31 bits and a mark for what is below them.
    uint significand = (fraction | 0x00100000u) << 10 | words.x >> 22;
    bool sticky = (words.x & 0x003FFFFFu) != 0u;
    int least = max(exponent, -14);
    uint drop = uint(20 + (least - exponent));
    uint steps = significand >> drop;
    uint rest = significand & ((1u << drop) - 1u);
    uint tie = 1u << (drop - 1u);
    bool up = rest > tie || (rest == tie && (sticky || (steps & 1u) != 0u));
    // Adding carries over into the exponent where rounding reaches the next power of two.
    magnitude = (uint(least + 14) << 10) + steps + (up ? 1u : 0u);
  }
  return bitfieldExtract(int(sign | magnitude), 0, 16);
}

#endif
