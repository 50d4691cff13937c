// SPDX-License-Identifier: Apache-2.0
//
// The sum of squared distances of values from their mean, n * sum(x^2) - sum(x)^2 in integers and rounded once, by n,
// from sums of words as those of superaccumulator.glsl. Code that comes behind defines
//   uint64_t k_sumLimb(int i)      limb i of the magnitude of sum(x), within its span
//   uint64_t k_squareLimb(int i)   limb i of sum(x^2); 0 for limbs that it does not have

uint64_t k_sumLimb(int i);
uint64_t k_squareLimb(int i);

// The lowest and the highest limb that is not zero; any limb twice where all are.
struct K_Span {
  int low;
  int high;
};

// Limb `column` of the sum of squares in units of 2^-2148, as the square of the sum is.
uint64_t k_shiftedSquare(int column) {
  return ((k_squareLimb(column - 33) << 18) | (k_squareLimb(column - 34) >> 14)) & U64_LOW;
}

// Divides limbs of weights 2^(32 (top - 5 + i) - 2148) by the count and rounds to nearest even.
double k_distancesByCount(uint limbs[6], int top, bool sticky, uint64_t count) {
  uint64_t w0 = uint64_t(limbs[0]) | uint64_t(limbs[1]) << 32;
  uint64_t w1 = uint64_t(limbs[2]) | uint64_t(limbs[3]) << 32;
  uint64_t w2 = uint64_t(limbs[4]) | uint64_t(limbs[5]) << 32;
  uint64_t rest;
  u256 quotient = u256_divmod_u64(u256(w0, w1, w2, 0ul), count, rest);
  sticky = sticky || rest != 0ul;
  int exponent = 32 * (top - 5) - 2148;
  if (quotient.w2 != 0ul) {
    sticky = sticky || quotient.w0 != 0ul;
    return f64_from_parts(u128(quotient.w1, quotient.w2), sticky, exponent + 64, false);
  }
  return f64_from_parts(u128(quotient.w0, quotient.w1), sticky, exponent, false);
}

// n * squares - sum^2, column by column from the least, keeping the top six limbs; then by n.
double k_exactDistances(K_Span sum, K_Span squares, uint64_t count) {
  int begin = min(2 * sum.low, squares.low + 33);
  int end = max(2 * sum.high + 2, squares.high + 37);
  uint window[6] = uint[6](0u, 0u, 0u, 0u, 0u, 0u);
  uint best[6] = uint[6](0u, 0u, 0u, 0u, 0u, 0u);
  bool left = false;
  bool sticky = false;
  int top = -1;
  uint64_t carry = 0ul;
  uint64_t columnLow = 0ul;
  uint64_t columnHigh = 0ul;
  int64_t borrow = 0l;
  for (int column = begin; column < end; column++) {
    uint64_t limb = k_shiftedSquare(column);
    uint64_t scaled = limb * (count & U64_LOW) + (carry & U64_LOW);
    carry = (scaled >> 32) + (carry >> 32) + limb * (count >> 32);
    for (int i = max(sum.low, column - sum.high); i <= min(sum.high, column - sum.low); i++) {
      uint64_t product = k_sumLimb(i) * k_sumLimb(column - i);
      columnLow += product;
      columnHigh += uint64_t(columnLow < product);
    }
    int64_t difference = int64_t(scaled & U64_LOW) - int64_t(columnLow & U64_LOW) - borrow;
    columnLow = (columnLow >> 32) | (columnHigh << 32);
    columnHigh >>= 32;
    borrow = difference < 0l ? 1l : 0l;
    left = left || window[0] != 0u;
    uint next = uint(uint64_t(difference) & U64_LOW);
    window = uint[6](window[1], window[2], window[3], window[4], window[5], next);
    if (next != 0u) {
      best = window;
      top = column;
      sticky = left;
    }
  }
  // What was cut off of squares may leave less than nothing.
  return top < 0 || borrow != 0l ? 0.0lf : k_distancesByCount(best, top, sticky, count);
}
