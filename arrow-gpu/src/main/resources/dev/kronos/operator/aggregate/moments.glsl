// SPDX-License-Identifier: Apache-2.0
//
// Exact first and second moments of doubles, from which the sum of squared distances from the mean comes
// out without rounding on the way: n * sum(x^2) - sum(x)^2 is computed in integers and rounded once, by n.
//
//   1096 bytes a group, 8-aligned; all zero = empty
//     0  uint64_t count
//     8  superaccumulator of x            (see superaccumulator.glsl)
//   552  superaccumulator of x^2          bits below 2^-1074 are cut off; flagged where x^2 has no double

const uint64_t K_MOMENT_SUM = 8ul;
const uint64_t K_MOMENT_SQUARES = 552ul;
const int K_MOMENT_LIMBS = int(SUPERACCUMULATOR_LIMBS);

// 2^512 and above, whose square leaves the range of double.
const uint64_t K_MOMENT_LARGE = 0x5FF0000000000000ul;

// Adds the 32-bit parts of up to 192 bits, each of weight 2^(position + 32 i - 1074).
void k_momentBits(uint64_t address, u256 bits, int position, bool negative) {
  uint64_t words[3] = uint64_t[3](bits.w0, bits.w1, bits.w2);
  int limb = position >> 5;
  uint shift = uint(position & 31);
  uint64_t carry = 0ul;
  for (int i = 0; i < 7; i++) {
    uint64_t part = i < 6 ? (words[i >> 1] >> uint((i & 1) * 32)) & U64_LOW : 0ul;
    uint64_t shifted = part << shift;
    uint64_t sum = (shifted & U64_LOW) + carry;
    carry = shifted >> 32;
    if (limb + i >= 0 && limb + i < K_MOMENT_LIMBS) {
      superaccumulator_add_limb(address, uint(limb + i), sum, negative);
    }
  }
}

// Takes in `count` values, fewer than 2^53, of mean x whose squared distances from x add up to `distances`.
void k_momentAdd(uint64_t address, uint64_t count, double x, double distances) {
  if (count == 0ul) {
    return;
  }
  atomicAdd(K_WORD(address), count);
  uint64_t sums = address + K_MOMENT_SUM;
  uint64_t squares = address + K_MOMENT_SQUARES;
  uint64_t bits = f64_bits(x);
  uint64_t size = bits & ~F64_SIGN;
  if (size >= F64_INFINITY) {
    superaccumulator_add(sums, x);
    superaccumulator_flag(squares, SUPERACCUMULATOR_NAN);
    return;
  }
  uint field = uint(size >> 52);
  uint64_t m = size & F64_FRACTION;
  int position = 0;
  if (field != 0u) {
    m |= F64_FRACTION + 1ul;
    position = int(field) - 1;
  }
  u128 product = u128_mul_u64(m, count);
  k_momentBits(sums, u256_from_u128(product), position, (bits & F64_SIGN) != 0ul);
  superaccumulator_add(squares, distances);
  if (size >= K_MOMENT_LARGE) {
    superaccumulator_flag(squares, SUPERACCUMULATOR_PLUS);
  } else {
    u256 square = u128_mul_wide(product, u128_from_u64(m));
    k_momentBits(squares, square, 2 * position - 1074, false);
  }
}

double k_momentMean(uint64_t address) {
  uint64_t count = K_WORD(address);
  if (count == 0ul) {
    return 0.0lf;
  }
  return f64_div(superaccumulator_read(address + K_MOMENT_SUM), i64_to_f64(int64_t(count)));
}

uint64_t k_momentLimb(uint64_t address, int i) {
  return i < 0 || i >= K_MOMENT_LIMBS ? 0ul : BufferU64(address).v[i];
}

// Limb `column` of the sum of squares in units of 2^-2148, as the square of the sum is.
uint64_t k_momentShifted(uint64_t squares, int column) {
  uint64_t upper = k_momentLimb(squares, column - 33) << 18;
  return (upper | (k_momentLimb(squares, column - 34) >> 14)) & U64_LOW;
}

// Divides limbs of weights 2^(32 (top - 5 + i) - 2148) by the count and rounds to nearest even.
double k_momentQuotient(uint limbs[6], int top, bool sticky, uint64_t count) {
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

// Lowest limb that is not zero, or the last.
int k_momentLowest(uint64_t address) {
  int limb = 0;
  while (limb < K_MOMENT_LIMBS - 1 && BufferU64(address).v[limb] == 0ul) {
    limb++;
  }
  return limb;
}

// Highest limb of the magnitude that is not zero, or `lowest`.
int k_momentHighest(uint64_t address, int lowest, bool negative) {
  int limb = K_MOMENT_LIMBS - 1;
  while (limb > lowest && superaccumulator_limb(address, limb, lowest, negative) == 0ul) {
    limb--;
  }
  return limb;
}

// n * squares - sum^2, column by column from the least, keeping the top six limbs; then by n.
double k_momentExact(uint64_t sums, uint64_t squares, uint64_t count) {
  bool negative = BufferI64(sums).v[K_MOMENT_LIMBS - 1] < 0l;
  int low = k_momentLowest(sums);
  int high = k_momentHighest(sums, low, negative);
  int lowSquare = k_momentLowest(squares);
  int begin = min(2 * low, lowSquare + 33);
  int end = max(2 * high + 2, k_momentHighest(squares, lowSquare, false) + 37);
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
    uint64_t limb = k_momentShifted(squares, column);
    uint64_t scaled = limb * (count & U64_LOW) + (carry & U64_LOW);
    carry = (scaled >> 32) + (carry >> 32) + limb * (count >> 32);
    for (int i = max(low, column - high); i <= min(high, column - low); i++) {
      uint64_t a = superaccumulator_limb(sums, i, low, negative);
      uint64_t product = a * superaccumulator_limb(sums, column - i, low, negative);
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
  return top < 0 || borrow != 0l ? 0.0lf : k_momentQuotient(best, top, sticky, count);
}

double k_momentDistances(uint64_t address) {
  uint64_t count = K_WORD(address);
  uint64_t squares = address + K_MOMENT_SQUARES;
  superaccumulator_normalise(address + K_MOMENT_SUM);
  superaccumulator_normalise(squares);
  uint flags = BufferU32(squares).v[SUPERACCUMULATOR_FLAGS];
  if (flags != 0u || count == 0ul) {
    bool isNan = (flags & (SUPERACCUMULATOR_NAN | SUPERACCUMULATOR_MINUS)) != 0u;
    return flags == 0u ? 0.0lf : f64_of(isNan ? F64_NAN : F64_INFINITY);
  }
  return k_momentExact(address + K_MOMENT_SUM, squares, count);
}
