// SPDX-License-Identifier: Apache-2.0
//
// Functions of doubles, Java's to the bit. A NaN gives the canonical one.
//
//   double math_signum(double a)   double math_degrees(double a)   double math_radians(double a)
#ifndef KRONOS_MATH_GLSL
#define KRONOS_MATH_GLSL

#include "abi.glsl"
#include "float.glsl"

double math_signum(double a) {
  uint64_t size = f64_bits(a) & ~F64_SIGN;
  if (size == 0ul || size > F64_INFINITY) {
    return f64_canonical(a);
  }
  return f64_of((f64_bits(a) & F64_SIGN) | 0x3FF0000000000000ul);
}

double math_degrees(double a) {
  return f64_mul(a, f64_of(0x404CA5DC1A63C1F8ul));
}

double math_radians(double a) {
  return f64_mul(a, f64_of(0x3F91DF46A2529D39ul));
}

#endif
