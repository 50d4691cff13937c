// SPDX-License-Identifier: Apache-2.0
//
// Exact sums of squares of doubles, in the words of float_sums.glsl, and what distances.glsl makes of them. Bits below
// 2^-1074 are cut off; a value whose square has no double counts as a positive infinity.

// 2^512.
const uint64_t K_LARGE = 0x5FF0000000000000ul;
const int K_SQUARE_PARTS = 5;

void k_addSquare(double x) {
  uint64_t size = f64_bits(x) & ~F64_SIGN;
  if (size >= K_LARGE) {
    k_addSpecial(size < F64_INFINITY ? F64_INFINITY : F64_NAN);
    return;
  }
  uint field = uint(size >> 52);
  uint64_t m = (size & F64_FRACTION) | (field == 0u ? 0ul : F64_FRACTION + 1ul);
  int position = 2 * max(int(field) - 1, 0) - 1074;
  u128 square = u128_mul_u64(m, m);
  int limb = position >> 5;
  uint shift = uint(position & 31);
  uint64_t carry = 0ul;
  for (int i = 0; i < K_SQUARE_PARTS; i++) {
    uint64_t pair = i < 2 ? square.lo : square.hi;
    uint64_t part = i < 4 ? (pair >> uint((i & 1) * 32)) & U64_LOW : 0ul;
    uint64_t word = ((part << shift) & U64_LOW) + carry;
    carry = (part << shift) >> 32;
    if (word != 0ul && limb + i >= 0) {
      k_sum[limb + i] += int64_t(word);
      k_first = min(k_first, uint(limb + i));
      // A value's first word, as k_addFloat counts: two more are taken to be its.
      k_last = max(k_last, uint(max(limb + i - 2, 0)));
    }
  }
}

// A sum of squares that was kept while other values are added.
int64_t k_squares[K_LIMBS];
uint k_firstSquare = 0u;
uint k_lastSquare = 0u;
uint64_t k_largeSquares = 0ul;

void k_keepSquares() {
  k_carry();
  k_firstSquare = k_first;
  k_lastSquare = k_last;
  k_largeSquares = k_specials;
  for (uint i = k_first; i <= k_last; i++) {
    k_squares[i] = k_sum[i];
  }
}

uint64_t k_leftLimb(int i) {
  return k_magnitude(i);
}

uint64_t k_rightLimb(int i) {
  return k_magnitude(i);
}

uint64_t k_productLimb(int i) {
  return i < int(k_firstSquare) || i > int(k_lastSquare) ? 0ul : uint64_t(k_squares[i]);
}

// Squared distances of values from their mean, whose squares were kept and whose sum was added up since.
double k_endDistances(uint64_t count) {
  if (k_largeSquares != 0ul) {
    return f64_of((k_largeSquares & U64_LOW) != 0ul ? F64_NAN : F64_INFINITY);
  }
  k_settle();
  K_Span squares = K_Span(int(k_firstSquare), int(k_lastSquare));
  while (squares.low < squares.high && k_squares[squares.low] == 0l) {
    squares.low++;
  }
  while (squares.high > squares.low && k_squares[squares.high] == 0l) {
    squares.high--;
  }
  return k_exactDistances(K_Span(k_lowest, k_top), squares, count);
}
