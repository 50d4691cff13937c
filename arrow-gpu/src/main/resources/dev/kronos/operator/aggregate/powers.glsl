// SPDX-License-Identifier: Apache-2.0
//
// Sums of third and fourth powers of doubles, behind those of moments.glsl, and what they are about the mean: without
// rounding on the way, from a mean of 108 bits at least.
//
//     8 + 544 (k - 1)  superaccumulator of x^k   bits below 2^-1074 are cut off; flagged where x^k has no double

const int K_ORDERS = 5;

// Limbs of a sum while it is moved to the mean.
const int K_POWER_LIMBS = 68;

uint64_t k_powerSum(uint64_t address, int power) {
  return address + 8ul + uint64_t(power - 1) * uint64_t(SUPERACCUMULATOR_BYTES);
}

// Limbs of a product of a small number and up to five doubles.
const int K_PRODUCT_LIMBS = 9;

// A product of doubles, of limbs of weight 2^(32 i + position - 1074).
struct K_Product {
  uint limbs[K_PRODUCT_LIMBS];
  int position;
  bool negative;
  bool finite;
};

K_Product k_productOf(uint factor) {
  uint limbs[K_PRODUCT_LIMBS] = uint[K_PRODUCT_LIMBS](factor, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u);
  return K_Product(limbs, 1074, false, true);
}

K_Product k_times(K_Product product, double x) {
  K_Number a = k_number(x);
  uint64_t carry = 0ul;
  [[unroll]] for (int i = 0; i < K_PRODUCT_LIMBS; i++) {
    uint64_t limb = uint64_t(product.limbs[i]);
    uint64_t scaled = limb * (a.m & U64_LOW) + (carry & U64_LOW);
    carry = (scaled >> 32) + (carry >> 32) + limb * (a.m >> 32);
    product.limbs[i] = uint(scaled & U64_LOW);
  }
  product.position += a.position - 1074;
  product.negative = product.negative != a.negative;
  product.finite = product.finite && a.finite;
  return product;
}

// Adds a product to a sum.
void k_productAdd(uint64_t address, K_Product product) {
  int top = -1;
  [[unroll]] for (int i = 0; i < K_PRODUCT_LIMBS; i++) {
    top = product.limbs[i] != 0u ? 32 * i + findMSB(product.limbs[i]) : top;
  }
  if (!product.finite) {
    superaccumulator_flag(address, SUPERACCUMULATOR_NAN);
    return;
  }
  if (product.position + top >= K_MOMENT_BITS) {
    superaccumulator_flag(address, product.negative ? SUPERACCUMULATOR_MINUS : SUPERACCUMULATOR_PLUS);
    return;
  }
  int limb = product.position >> 5;
  uint shift = uint(product.position & 31);
  uint64_t carry = 0ul;
  [[unroll]] for (int i = 0; i <= K_PRODUCT_LIMBS; i++) {
    uint64_t part = i < K_PRODUCT_LIMBS ? uint64_t(product.limbs[i]) << shift : 0ul;
    uint64_t sum = (part & U64_LOW) + carry;
    carry = part >> 32;
    if (limb + i >= 0 && limb + i < K_MOMENT_LIMBS) {
      superaccumulator_add_limb(address, uint(limb + i), sum, product.negative);
    }
  }
}

// Takes in values of mean x, which sums tells the number of, and the sums of the powers of their distances from x.
void k_powersAdd(uint64_t address, double x, double sums[K_ORDERS], int order) {
  if (sums[0] == 0.0lf) {
    return;
  }
  for (int power = 3; power <= order; power++) {
    uint64_t target = k_powerSum(address, power);
    uint factor = 1u;
    for (int i = 0; i < power; i++) {
      if ((f64_bits(sums[i]) & ~F64_SIGN) != 0ul) {
        K_Product product = k_times(k_productOf(factor), sums[i]);
        for (int j = i; j < power; j++) {
          product = k_times(product, x);
        }
        k_productAdd(target, product);
      }
      factor = factor * uint(power - i) / uint(i + 1);
    }
    superaccumulator_add(target, sums[power]);
  }
}

// A mean, of limbs of weight 2^(32 (i + offset)), so that it is whole limbs away from what it is a factor of.
struct K_Mean {
  uint limbs[5];
  int offset;
  bool negative;
};

K_Mean k_meanOf(K_Sum sum, uint64_t count) {
  int top = k_span(sum).high;
  uint64_t words[3];
  for (int i = 0; i < 3; i++) {
    words[i] = k_limb(sum, top - 5 + 2 * i) | (k_limb(sum, top - 4 + 2 * i) << 32);
  }
  uint64_t rest;
  u256 quotient = u256_divmod_u64(u256(words[0], words[1], words[2], 0ul), count, rest);
  bool wide = quotient.w2 != 0ul;
  uint64_t lo = wide ? quotient.w1 : quotient.w0;
  uint64_t hi = wide ? quotient.w2 : quotient.w1;
  // 2^-1074 is 2^14, 34 limbs below.
  uint limbs[5] =
      uint[5](
          uint((lo << 14) & U64_LOW),
          uint((lo >> 18) & U64_LOW),
          uint(((lo >> 50) | (hi << 14)) & U64_LOW),
          uint((hi >> 18) & U64_LOW),
          uint(hi >> 50));
  return K_Mean(limbs, top - 5 + (wide ? 2 : 0) - 34, sum.negative);
}

// The number of values and the sums of their powers, in two's complement, and no limb that is not zero below the lowest.
uint k_powers[K_ORDERS * K_POWER_LIMBS];
int k_lowest[K_ORDERS];

uint64_t k_powerLimb(int power, int i) {
  if (i < 0) {
    return 0ul;
  }
  uint last = k_powers[power * K_POWER_LIMBS + K_POWER_LIMBS - 1];
  uint limb = i < K_POWER_LIMBS ? k_powers[power * K_POWER_LIMBS + i] : uint(int(last) >> 31);
  return uint64_t(limb);
}

void k_powersLoad(uint64_t address, uint64_t count, int order) {
  for (int i = 0; i < K_POWER_LIMBS; i++) {
    k_powers[i] = 0u;
  }
  // The number, which is 2^1074 units each.
  k_powers[33] = uint((count << 18) & U64_LOW);
  k_powers[34] = uint((count >> 14) & U64_LOW);
  k_powers[35] = uint(count >> 46);
  k_lowest[0] = 33;
  for (int power = 1; power <= order; power++) {
    uint64_t sum = k_powerSum(address, power);
    int first = power * K_POWER_LIMBS;
    for (int i = 0; i < K_POWER_LIMBS - 1; i++) {
      k_powers[first + i] = uint(BufferU64(sum).v[i] & U64_LOW);
    }
    k_powers[first + K_POWER_LIMBS - 1] = uint(BufferU64(sum).v[K_POWER_LIMBS - 2] >> 32);
    k_lowest[power] = k_sum(sum).low;
  }
}

// Takes the sum one power below, times the mean and rounded down, from a sum.
void k_powerShift(int power, K_Mean mean) {
  int below = power - 1;
  int begin = k_lowest[below] + mean.offset;
  uint64_t carry = 0ul;
  int64_t borrow = 0l;
  for (int column = begin; column < K_POWER_LIMBS; column++) {
    uint64_t low = carry;
    uint64_t high = 0ul;
    [[unroll]] for (int i = 0; i < 5; i++) {
      uint64_t product = uint64_t(mean.limbs[i]) * k_powerLimb(below, column - mean.offset - i);
      low += product & U64_LOW;
      high += product >> 32;
    }
    carry = (low >> 32) + high;
    if (column >= 0) {
      int64_t part = int64_t(low & U64_LOW);
      int index = power * K_POWER_LIMBS + column;
      int64_t total = int64_t(k_powers[index]) + (mean.negative ? part : -part) + borrow;
      k_powers[index] = uint(uint64_t(total) & U64_LOW);
      borrow = total >> 32;
    }
  }
  k_lowest[power] = max(min(k_lowest[power], begin), 0);
}

double k_powerRound(int power) {
  int first = power * K_POWER_LIMBS;
  bool negative = int(k_powers[first + K_POWER_LIMBS - 1]) < 0;
  int low = k_lowest[power];
  uint carry = 1u;
  int top = low;
  int lowest = K_POWER_LIMBS;
  for (int i = low; i < K_POWER_LIMBS; i++) {
    uint limb = k_powers[first + i];
    limb = negative ? ~limb + carry : limb;
    carry = limb == 0u ? carry : 0u;
    k_powers[first + i] = limb;
    top = limb != 0u ? i : top;
    lowest = limb != 0u ? min(lowest, i) : lowest;
  }
  uint64_t lo = (k_powerLimb(power, top - 1) << 32) | k_powerLimb(power, top - 2);
  u128 digits = u128(lo, k_powerLimb(power, top));
  return f64_from_parts(digits, lowest < top - 2, 32 * (top - 2) - 1074, negative);
}

// The sum of a power, 3 or 4, of the distances from the mean.
double k_powerDistances(uint64_t address, int order) {
  uint64_t count = K_WORD(address);
  uint flags = BufferU32(k_powerSum(address, order)).v[SUPERACCUMULATOR_FLAGS];
  if (flags != 0u || count == 0ul) {
    return flags == 0u ? 0.0lf : k_momentSpecial(flags);
  }
  k_normalise(address + K_MOMENT_SUM, uint(order));
  K_Mean mean = k_meanOf(k_sum(address + K_MOMENT_SUM), count);
  k_powersLoad(address, count, order);
  for (int turn = 1; turn <= order; turn++) {
    for (int power = order; power >= turn; power--) {
      k_powerShift(power, mean);
    }
  }
  // What was cut off of fourth powers may leave less than nothing.
  double distances = k_powerRound(order);
  return order == 4 && distances < 0.0lf ? 0.0lf : distances;
}
