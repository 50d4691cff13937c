// SPDX-License-Identifier: Apache-2.0
//
// Exact sums of doubles in the memory of one invocation: words as those of superaccumulator.glsl, of 32-bit weight each.
// Only words that some value of the batch has are looked at, and those that carries reach.
//
//   k_words of a batch: for each word the sums of all tiles of K_TILE rows, then of the next word; then running sums of
//   all that, exclusive, so that two of them differ by what the tiles between add to a word. Two more words count
//   NaNs and infinities: NaNs in the low half, positive infinities in the high one; then negative ones.
//
//   k_extent: the least and the greatest first word of a value; the greater one first where there is no value.

const uint K_LIMBS = 67u;
const uint K_WORDS = 69u;
const uint K_TILE = 32u;
// A value has three words, whose sums carry into one more.
const uint K_MORE_WORDS = 3u;

int64_t k_sum[K_LIMBS];
uint64_t k_specials = 0ul;
uint64_t k_minuses = 0ul;
uint k_first = K_LIMBS;
uint k_last = 0u;

void k_clearSum(uint first, uint last) {
  for (uint i = first; i <= last; i++) {
    k_sum[i] = 0l;
  }
  k_specials = 0ul;
  k_minuses = 0ul;
}

void k_addSpecial(uint64_t bits) {
  if ((bits & ~F64_SIGN) > F64_INFINITY) {
    k_specials += 1ul;
  } else if (bits == F64_INFINITY) {
    k_specials += 1ul << 32;
  } else {
    k_minuses += 1ul;
  }
}

void k_addFloat(double x) {
  uint64_t bits = f64_bits(x);
  if (!k_isFinite(x)) {
    k_addSpecial(bits);
  } else if ((bits & ~F64_SIGN) != 0ul) {
    K_Parts parts = k_parts(x);
    k_sum[parts.limb] += parts.a;
    k_sum[parts.limb + 1u] += parts.b;
    k_sum[parts.limb + 2u] += parts.c;
    k_first = min(k_first, parts.limb);
    k_last = max(k_last, parts.limb);
  }
}

// Writes what a tile adds to each word, and extends the extent.
void k_storeTile(uint64_t words, uint64_t extent, uint tile, uint tiles) {
  for (uint i = 0u; i < K_LIMBS; i++) {
    BufferI64(words).v[i * tiles + tile] = k_sum[i];
  }
  BufferU64(words).v[K_LIMBS * tiles + tile] = k_specials;
  BufferU64(words).v[(K_LIMBS + 1u) * tiles + tile] = k_minuses;
  if (k_first < K_LIMBS) {
    atomicMin(BufferU32(extent).v[0], k_first);
    atomicMax(BufferU32(extent).v[1], k_last);
  }
}

// Clears the sum and finds which words it may have.
void k_beginSum(uint64_t extent) {
  uint least = BufferU32(extent).v[0];
  uint greatest = BufferU32(extent).v[1];
  k_first = min(least, greatest);
  k_last = greatest + K_MORE_WORDS;
  k_clearSum(k_first, k_last);
}

uint64_t k_ofTiles(uint64_t words, uint at, uint from, uint to) {
  return BufferU64(words).v[at + to] - BufferU64(words).v[at + from];
}

// Adds whole tiles.
void k_addTiles(uint64_t words, uint tiles, uint from, uint to) {
  for (uint i = k_first; i < k_last; i++) {
    k_sum[i] += int64_t(k_ofTiles(words, i * tiles, from, to));
  }
  k_specials += k_ofTiles(words, K_LIMBS * tiles, from, to);
  k_minuses += k_ofTiles(words, (K_LIMBS + 1u) * tiles, from, to);
}

void k_carry() {
  int64_t carry = 0l;
  for (uint i = k_first; i < k_last; i++) {
    int64_t word = k_sum[i] + carry;
    k_sum[i] = word & int64_t(U64_LOW);
    carry = word >> 32;
  }
  k_sum[k_last] += carry;
}

// What k_settle finds: the sign, and the lowest and the highest word of the magnitude that is not zero.
bool k_negative;
int k_lowest;
int k_top;

// Word i of the magnitude.
uint64_t k_magnitude(int i) {
  if (i < k_lowest) {
    return 0ul;
  }
  uint64_t word = uint64_t(k_sum[i]);
  if (k_negative) {
    word = i == k_lowest ? ~word + 1ul : ~word;
    word = i < int(k_last) ? word & U64_LOW : word;
  }
  return word;
}

void k_settle() {
  k_carry();
  int last = int(k_last);
  k_negative = k_sum[last] < 0l;
  k_lowest = int(k_first);
  while (k_lowest < last && k_sum[k_lowest] == 0l) {
    k_lowest++;
  }
  k_top = last;
  while (k_top > k_lowest && k_magnitude(k_top) == 0ul) {
    k_top--;
  }
}

double k_roundedSum() {
  k_settle();
  uint64_t high = k_magnitude(k_top);
  uint64_t middle = k_magnitude(k_top - 1);
  uint64_t low = k_magnitude(k_top - 2);
  bool sticky = k_lowest < k_top - 2;
  int exponent = 32 * (k_top - 2) - 1074;
  return f64_from_parts(u128((middle << 32) | low, high), sticky, exponent, k_negative);
}

// The sum, rounded to nearest even once.
double k_endSum() {
  bool plus = (k_specials >> 32) != 0ul;
  bool minus = k_minuses != 0ul;
  if ((k_specials & U64_LOW) != 0ul || (plus && minus)) {
    return f64_of(F64_NAN);
  }
  if (plus || minus) {
    return f64_of(plus ? F64_INFINITY : F64_INFINITY | F64_SIGN);
  }
  return k_roundedSum();
}
