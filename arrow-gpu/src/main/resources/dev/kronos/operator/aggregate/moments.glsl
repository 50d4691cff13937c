// SPDX-License-Identifier: Apache-2.0
//
// Exact first and second moments of doubles, from which distances.glsl makes the sum of squared distances from the
// mean, or of products of distances from two means, without rounding on the way.
//
//   1096 bytes a group of values, 8-aligned; all zero = empty
//     0  uint64_t count
//     8  superaccumulator of x            (see superaccumulator.glsl)
//   552  superaccumulator of x^2          bits below 2^-1074 are cut off; flagged where x^2 has no double
//
//   1640 bytes a group of pairs
//     0  uint64_t count
//     8  superaccumulator of x
//   552  superaccumulator of y
//  1096  superaccumulator of x y          bits below 2^-1074 are cut off; flagged where x y has no double

const uint64_t K_MOMENT_SUM = 8ul;
const uint64_t K_MOMENT_SQUARES = 552ul;
const uint64_t K_PAIR_LEFT = 8ul;
const uint64_t K_PAIR_RIGHT = 552ul;
const uint64_t K_PAIR_PRODUCTS = 1096ul;
const int K_MOMENT_LIMBS = int(SUPERACCUMULATOR_LIMBS);

// Bits above 2^-1074 that doubles have.
const int K_MOMENT_BITS = 2098;

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

// A double, m * 2^(position - 1074) where it is finite.
struct K_Number {
  uint64_t m;
  int position;
  bool negative;
  bool finite;
};

K_Number k_number(double x) {
  uint64_t bits = f64_bits(x);
  int field = int((bits & ~F64_SIGN) >> 52);
  uint64_t hidden = field == 0 ? 0ul : F64_FRACTION + 1ul;
  bool negative = (bits & F64_SIGN) != 0ul;
  return K_Number((bits & F64_FRACTION) | hidden, max(field - 1, 0), negative, field != 0x7FF);
}

// Adds x `count` times, a number below 2^53.
void k_momentAddSum(uint64_t address, uint64_t count, double x) {
  K_Number a = k_number(x);
  if (a.finite) {
    u256 product = u256_from_u128(u128_mul_u64(a.m, count));
    k_momentBits(address, product, a.position, a.negative);
  } else {
    superaccumulator_add(address, x);
  }
}

// Adds x y `count` times, a number below 2^53.
void k_momentAddProduct(uint64_t address, uint64_t count, double x, double y) {
  K_Number a = k_number(x);
  K_Number b = k_number(y);
  u128 product = u128_mul_u64(a.m, b.m);
  int position = a.position + b.position - 1074;
  bool negative = a.negative != b.negative;
  if (!a.finite || !b.finite) {
    superaccumulator_flag(address, SUPERACCUMULATOR_NAN);
  } else if (u128_is_zero(product)) {
    return;
  } else if (position + 128 - int(u128_clz(product)) > K_MOMENT_BITS) {
    superaccumulator_flag(address, negative ? SUPERACCUMULATOR_MINUS : SUPERACCUMULATOR_PLUS);
  } else {
    k_momentBits(address, u128_mul_wide(product, u128_from_u64(count)), position, negative);
  }
}

// Takes in `count` values, fewer than 2^53, of mean x whose squared distances from x add up to `distances`.
void k_momentAdd(uint64_t address, uint64_t count, double x, double distances) {
  if (count != 0ul) {
    atomicAdd(K_WORD(address), count);
    k_momentAddSum(address + K_MOMENT_SUM, count, x);
    k_momentAddProduct(address + K_MOMENT_SQUARES, count, x, x);
    superaccumulator_add(address + K_MOMENT_SQUARES, distances);
  }
}

// Takes in `count` pairs, fewer than 2^53, of means x and y; products of distances from these add up to `distances`.
void k_pairAdd(uint64_t address, double x, double y, uint64_t count, double distances) {
  if (count != 0ul) {
    atomicAdd(K_WORD(address), count);
    k_momentAddSum(address + K_PAIR_LEFT, count, x);
    k_momentAddSum(address + K_PAIR_RIGHT, count, y);
    k_momentAddProduct(address + K_PAIR_PRODUCTS, count, x, y);
    superaccumulator_add(address + K_PAIR_PRODUCTS, distances);
  }
}

double k_momentMean(uint64_t address, uint64_t sum) {
  uint64_t count = K_WORD(address);
  if (count == 0ul) {
    return 0.0lf;
  }
  return f64_div(superaccumulator_read(address + sum), i64_to_f64(int64_t(count)));
}

// A sum that is normalised: its lowest limb that is not zero, or the last, and its sign.
struct K_Sum {
  uint64_t address;
  int low;
  bool negative;
};

// What distances.glsl reads.
K_Sum k_left;
K_Sum k_right;
K_Sum k_products;

uint64_t k_limb(K_Sum sum, int i) {
  return superaccumulator_limb(sum.address, i, sum.low, sum.negative);
}

uint64_t k_leftLimb(int i) {
  return k_limb(k_left, i);
}

uint64_t k_rightLimb(int i) {
  return k_limb(k_right, i);
}

uint64_t k_productLimb(int i) {
  return i >= K_MOMENT_LIMBS ? 0ul : k_limb(k_products, i);
}

// Normalises as many sums, one behind the other.
void k_normalise(uint64_t address, uint sums) {
  for (uint i = 0u; i < sums; i++) {
    superaccumulator_normalise(address + uint64_t(i * SUPERACCUMULATOR_BYTES));
  }
}

K_Sum k_sum(uint64_t address) {
  int limb = 0;
  while (limb < K_MOMENT_LIMBS - 1 && BufferU64(address).v[limb] == 0ul) {
    limb++;
  }
  return K_Sum(address, limb, BufferI64(address).v[K_MOMENT_LIMBS - 1] < 0l);
}

// From the lowest limb to the highest of the magnitude that is not zero, or to the lowest.
K_Span k_span(K_Sum sum) {
  int limb = K_MOMENT_LIMBS - 1;
  while (limb > sum.low && k_limb(sum, limb) == 0ul) {
    limb--;
  }
  return K_Span(sum.low, limb);
}

// What the flags of products make of their sum.
double k_momentSpecial(uint flags) {
  uint infinities = SUPERACCUMULATOR_PLUS | SUPERACCUMULATOR_MINUS;
  if ((flags & SUPERACCUMULATOR_NAN) != 0u || (flags & infinities) == infinities) {
    return f64_of(F64_NAN);
  }
  return f64_of((flags & SUPERACCUMULATOR_PLUS) != 0u ? F64_INFINITY : F64_INFINITY | F64_SIGN);
}

double k_momentDistances(uint64_t address) {
  uint64_t count = K_WORD(address);
  uint flags = BufferU32(address + K_MOMENT_SQUARES).v[SUPERACCUMULATOR_FLAGS];
  if (flags != 0u || count == 0ul) {
    bool isNan = (flags & (SUPERACCUMULATOR_NAN | SUPERACCUMULATOR_MINUS)) != 0u;
    return flags == 0u ? 0.0lf : f64_of(isNan ? F64_NAN : F64_INFINITY);
  }
  k_normalise(address + K_MOMENT_SUM, 2u);
  k_left = k_sum(address + K_MOMENT_SUM);
  k_right = k_left;
  k_products = k_sum(address + K_MOMENT_SQUARES);
  return k_exactDistances(k_span(k_left), k_span(k_products), count);
}

double k_pairDistances(uint64_t address) {
  uint64_t count = K_WORD(address);
  uint flags = BufferU32(address + K_PAIR_PRODUCTS).v[SUPERACCUMULATOR_FLAGS];
  if (flags != 0u || count == 0ul) {
    return flags == 0u ? 0.0lf : k_momentSpecial(flags);
  }
  k_normalise(address + K_PAIR_LEFT, 3u);
  k_left = k_sum(address + K_PAIR_LEFT);
  k_right = k_sum(address + K_PAIR_RIGHT);
  k_products = k_sum(address + K_PAIR_PRODUCTS);
  K_Pairs pairs =
      K_Pairs(
          k_span(k_left),
          k_span(k_right),
          k_span(k_products),
          k_left.negative != k_right.negative,
          k_products.negative);
  return k_exactCodistances(pairs, count);
}
