// SPDX-License-Identifier: Apache-2.0
//
// The sum of products of the distances of pairs from their means, n * sum(x y) - sum(x) * sum(y) in integers and rounded
// once, by n, from sums of words as those of superaccumulator.glsl; of squared distances, where x is y. Code that comes
// behind defines
//   uint64_t k_leftLimb(int i)      limb i of the magnitude of sum(x), within its span
//   uint64_t k_rightLimb(int i)     limb i of the magnitude of sum(y), within its span
//   uint64_t k_productLimb(int i)   limb i of the magnitude of sum(x y); 0 for limbs that it does not have

uint64_t k_leftLimb(int i);
uint64_t k_rightLimb(int i);
uint64_t k_productLimb(int i);

// The lowest and the highest limb that is not zero; any limb twice where all are.
struct K_Span {
  int low;
  int high;
};

// What distances come of: the spans of the three sums, and whether sum(x) sum(y) and sum(x y) are negative.
struct K_Pairs {
  K_Span left;
  K_Span right;
  K_Span products;
  bool negativeSums;
  bool negativeProducts;
};

// The top limbs of a difference, limb i of weight 2^(32 (top - 5 + i) - 2148), or top -1 for zero; and whether there are
// others below, and whether these are of two's complement.
struct K_Digits {
  uint limbs[6];
  int top;
  bool sticky;
  bool complement;
};

// Limb `column` of the sum of products in units of 2^-2148, as the product of the sums is.
uint64_t k_shiftedProduct(int column) {
  return ((k_productLimb(column - 33) << 18) | (k_productLimb(column - 34) >> 14)) & U64_LOW;
}

// Divides by the count and rounds to nearest even.
double k_distancesByCount(K_Digits digits, uint64_t count, bool negative) {
  uint64_t w0 = uint64_t(digits.limbs[0]) | uint64_t(digits.limbs[1]) << 32;
  uint64_t w1 = uint64_t(digits.limbs[2]) | uint64_t(digits.limbs[3]) << 32;
  uint64_t w2 = uint64_t(digits.limbs[4]) | uint64_t(digits.limbs[5]) << 32;
  uint64_t rest;
  u256 quotient = u256_divmod_u64(u256(w0, w1, w2, 0ul), count, rest);
  bool sticky = digits.sticky || rest != 0ul;
  int exponent = 32 * (digits.top - 5) - 2148;
  if (quotient.w2 != 0ul) {
    sticky = sticky || quotient.w0 != 0ul;
    return f64_from_parts(u128(quotient.w1, quotient.w2), sticky, exponent + 64, negative);
  }
  return f64_from_parts(u128(quotient.w0, quotient.w1), sticky, exponent, negative);
}

// n * products - sums, or its opposite, column by column from the least, keeping the top six limbs.
K_Digits k_difference(K_Pairs pairs, uint64_t count, bool opposite) {
  bool subtractsProducts = pairs.negativeProducts != opposite;
  bool subtractsSums = pairs.negativeSums == opposite;
  int begin = min(pairs.left.low + pairs.right.low, pairs.products.low + 33);
  int end = max(pairs.left.high + pairs.right.high + 3, pairs.products.high + 38);
  uint window[6] = uint[6](0u, 0u, 0u, 0u, 0u, 0u);
  K_Digits digits = K_Digits(window, -1, false, false);
  bool left = false;
  uint64_t carry = 0ul;
  uint64_t columnLow = 0ul;
  uint64_t columnHigh = 0ul;
  int64_t total = 0l;
  for (int column = begin; column < end; column++) {
    uint64_t limb = k_shiftedProduct(column);
    uint64_t scaled = limb * (count & U64_LOW) + (carry & U64_LOW);
    carry = (scaled >> 32) + (carry >> 32) + limb * (count >> 32);
    int last = min(pairs.left.high, column - pairs.right.low);
    for (int i = max(pairs.left.low, column - pairs.right.high); i <= last; i++) {
      uint64_t product = k_leftLimb(i) * k_rightLimb(column - i);
      columnLow += product;
      columnHigh += uint64_t(columnLow < product);
    }
    int64_t products = int64_t(scaled & U64_LOW);
    int64_t sums = int64_t(columnLow & U64_LOW);
    total += (subtractsProducts ? -products : products) + (subtractsSums ? -sums : sums);
    columnLow = (columnLow >> 32) | (columnHigh << 32);
    columnHigh >>= 32;
    left = left || window[0] != 0u;
    uint next = uint(uint64_t(total) & U64_LOW);
    total >>= 32;
    window = uint[6](window[1], window[2], window[3], window[4], window[5], next);
    if (next != 0u) {
      digits = K_Digits(window, column, left, false);
    }
  }
  digits.complement = total < 0l;
  return digits;
}

double k_exactCodistances(K_Pairs pairs, uint64_t count) {
  bool negative = false;
  K_Digits digits = K_Digits(uint[6](0u, 0u, 0u, 0u, 0u, 0u), -1, false, true);
  // A loop, for a second call would be as much code again.
  for (int turn = 0; turn < 2 && digits.complement; turn++) {
    negative = turn == 1;
    digits = k_difference(pairs, count, negative);
  }
  return digits.top < 0 ? 0.0lf : k_distancesByCount(digits, count, negative);
}

// The same of x and x, of which there are the sum and the squares.
double k_exactDistances(K_Span sum, K_Span squares, uint64_t count) {
  K_Digits digits = k_difference(K_Pairs(sum, sum, squares, false, false), count, false);
  // What was cut off of squares may leave less than nothing.
  bool none = digits.top < 0 || digits.complement;
  return none ? 0.0lf : k_distancesByCount(digits, count, false);
}
