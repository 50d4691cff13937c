// SPDX-License-Identifier: Apache-2.0
//
// Functions of the bits of integers. T is int or int64_t; narrower integers are sign-extended ints.
//
//   int bits_count(bool a)   int bits_count(T a)              bits set, of 64 with the sign extended
//   int bits_get(T a, int place, int size, inout bool failed)     0 or 1; fails unless 0 <= place < size
//   T bits_shift_left(T a, int n)   bits_shift_right   bits_shift_right_unsigned     by n modulo the bits of T
#ifndef KRONOS_BITS_GLSL
#define KRONOS_BITS_GLSL

#include "abi.glsl"
#include "int128.glsl"

int bits_count(bool a) {
  return a ? 1 : 0;
}

int bits_count(int a) {
  return bitCount(uint(a)) + (a < 0 ? 32 : 0);
}

int bits_count(int64_t a) {
  return bitCount(uint(uint64_t(a))) + bitCount(uint(uint64_t(a) >> 32));
}

int bits_get(int a, int place, int size, inout bool failed) {
  failed = failed || place < 0 || place >= size;
  return (a >> (uint(place) & 31u)) & 1;
}

int bits_get(int64_t a, int place, int size, inout bool failed) {
  failed = failed || place < 0 || place >= size;
  return int(uint(uint64_t(a) >> (uint(place) & 63u)) & 1u);
}

int bits_shift_left(int a, int n) {
  return a << (uint(n) & 31u);
}

int64_t bits_shift_left(int64_t a, int n) {
  return a << (uint(n) & 63u);
}

int bits_shift_right(int a, int n) {
  return a >> (uint(n) & 31u);
}

int64_t bits_shift_right(int64_t a, int n) {
  return a >> (uint(n) & 63u);
}

int bits_shift_right_unsigned(int a, int n) {
  return int(uint(a) >> (uint(n) & 31u));
}

int64_t bits_shift_right_unsigned(int64_t a, int n) {
  return int64_t(uint64_t(a) >> (uint(n) & 63u));
}

#endif
