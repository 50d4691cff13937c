// SPDX-License-Identifier: Apache-2.0
//
// Exact first and second moments of doubles, from which distances.glsl makes the sum of squared distances from the
// mean without rounding on the way.
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

// What distances.glsl reads: accumulators, and of the sum its lowest limb that is not zero and its sign.
uint64_t k_momentSums;
uint64_t k_momentSquares;
int k_momentLow;
bool k_momentNegative;

uint64_t k_sumLimb(int i) {
  return superaccumulator_limb(k_momentSums, i, k_momentLow, k_momentNegative);
}

uint64_t k_squareLimb(int i) {
  return i < 0 || i >= K_MOMENT_LIMBS ? 0ul : BufferU64(k_momentSquares).v[i];
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

double k_momentExact(uint64_t count) {
  k_momentNegative = BufferI64(k_momentSums).v[K_MOMENT_LIMBS - 1] < 0l;
  k_momentLow = k_momentLowest(k_momentSums);
  int high = k_momentHighest(k_momentSums, k_momentLow, k_momentNegative);
  int lowSquare = k_momentLowest(k_momentSquares);
  int highSquare = k_momentHighest(k_momentSquares, lowSquare, false);
  return k_exactDistances(K_Span(k_momentLow, high), K_Span(lowSquare, highSquare), count);
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
  k_momentSums = address + K_MOMENT_SUM;
  k_momentSquares = squares;
  return k_momentExact(count);
}
