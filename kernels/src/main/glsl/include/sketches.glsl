// SPDX-License-Identifier: Apache-2.0
//
// Sketches of sets, as Spark writes them.
//
//   bool sketches_bloom_contains(Str sketch, int64_t item)    false: the item is certainly not in the set, or the sketch
//                                                             is none
//   void sketches_bloom_put(uint64_t body, SketchesHead head, int64_t item)    adds an item to the filter whose words
//                                                             begin at `body`, a multiple of 4
//   bool sketches_bloom_has_head(Str sketch, SketchesHead head)    whether the sketch has this head, and all words
//   void sketches_distinct_put(uint64_t registers, uint bits, int64_t hash)    raises the register of a hash
//   void sketches_distinct_unite(uint64_t registers, uint word, int64_t other)    raises the registers of one word to
//                                                             those of another
//   int64_t sketches_distinct_zeros(uint64_t registers, uint bits)    how many registers are 0
//   double sketches_distinct_inverse(uint64_t registers, uint bits)    the sum of 2 to the minus each register
//   int64_t sketches_distinct_estimate(int64_t zeros, double inverse, Str bias)    how many values there were
//
// A Bloom filter (B. H. Bloom, Space/Time Trade-offs in Hash Coding with Allowable Errors, 1970) is of numbers in
// big-endian order: its version as 32 bits, 1 or 2; how many bits an item has, 32; of version 2 a seed, 32; how many
// words there are, 32, 1 or more; then so many words of 64 bits. Which bits are an item's two hashes tell (A. Kirsch and
// M. Mitzenmacher, Less Hashing, Same Performance, 2006), added as 32 bits in version 1 and as 64 in version 2.
//
// Distinct values are counted by HyperLogLog++ (S. Heule, M. Nunkesser and A. Hall, HyperLogLog in Practice, 2013), in
// 2^bits registers of 6 bits, ten in a word of 64 bits from its lowest bit on; the last word has those that are
// left. Of a hash the upper `bits` bits choose a register, and the register is the most zeros that the other bits
// began with, plus 1. How an estimate is corrected comes as little-endian words of 64 bits:
//
//   0          registers
//   1          points of the correction
//   2          nearest points that are averaged
//   3          double: alpha times the square of the registers
//   4 ..       doubles: the estimates of the points, about ascending; then as many doubles: how much too large they are
//   then       for 1, 2, ... registers that are 0 the count that they tell; ~count where it is only for small estimates
#ifndef KRONOS_SKETCHES_GLSL
#define KRONOS_SKETCHES_GLSL

#include "abi.glsl"
#include "float.glsl"
#include "murmur3.glsl"
#include "text.glsl"

uint sketches_word(Str s, uint at) {
  return str_byte(s, at) << 24 | str_byte(s, at + 1u) << 16 | str_byte(s, at + 2u) << 8 | str_byte(s, at + 3u);
}

// What comes before the words.
struct SketchesHead {
  uint version;
  uint hashes;
  uint seed;
  uint words;
};

uint sketches_head_size(SketchesHead head) {
  return head.version == 1u ? 12u : 16u;
}

uint sketches_bloom_start(SketchesHead head, int64_t item) {
  return murmur3_i64(head.version == 1u ? 0u : head.seed, item);
}

// Which bit, of all bits of the filter, is the item's i-th, from 1; the hashes are the item's.
uint64_t sketches_bloom_bit(SketchesHead head, uint start, uint reach, uint i) {
  uint64_t bits = uint64_t(max(head.words, 1u)) * 64ul;
  if (head.version == 1u) {
    // In 32 bits: widened first, lavapipe 22.3 gives other bits for one hash, one word and a head of constants.
    uint sum = start + i * reach;
    return uint64_t(int(sum) < 0 ? ~sum : sum) % bits;
  }
  int64_t sum = int64_t(int(start)) * 0x7FFFFFFFl + int64_t(i) * int64_t(int(reach));
  return uint64_t(sum < 0l ? ~sum : sum) % bits;
}

// Where the bit's byte is among those of the words: the lowest bits of a word are in its last byte.
uint sketches_bloom_byte(uint64_t bit) {
  return uint(bit >> 6) * 8u + 7u - (uint(bit) >> 3 & 7u);
}

bool sketches_bloom_contains(Str sketch, int64_t item) {
  if (sketch.size < 20u) {
    return false;
  }
  SketchesHead head = SketchesHead(sketches_word(sketch, 0u), sketches_word(sketch, 4u), 0u, 0u);
  uint first = sketches_head_size(head);
  head.seed = sketches_word(sketch, 8u);
  head.words = sketches_word(sketch, first - 4u);
  uint start = sketches_bloom_start(head, item);
  uint reach = murmur3_i64(start, item);
  bool found = true;
  for (uint i = 1u; i <= head.hashes && found; i++) {
    uint64_t bit = sketches_bloom_bit(head, start, reach, i);
    uint byte = first + sketches_bloom_byte(bit);
    found = byte < sketch.size && (str_byte(sketch, byte) >> (uint(bit) & 7u) & 1u) != 0u;
  }
  return found;
}

void sketches_bloom_put(uint64_t body, SketchesHead head, int64_t item) {
  uint start = sketches_bloom_start(head, item);
  uint reach = murmur3_i64(start, item);
  for (uint i = 1u; i <= head.hashes; i++) {
    uint64_t bit = sketches_bloom_bit(head, start, reach, i);
    uint byte = sketches_bloom_byte(bit);
    uint mask = 1u << ((byte & 3u) * 8u + (uint(bit) & 7u));
    // Most bits are there once there are many items, and looking is cheaper than setting.
    if ((BufferU32(body).v[byte >> 2] & mask) == 0u) {
      atomicOr(BufferU32(body).v[byte >> 2], mask);
    }
  }
}

bool sketches_bloom_has_head(Str sketch, SketchesHead head) {
  uint first = sketches_head_size(head);
  return sketch.size == first + head.words * 8u && sketches_word(sketch, 0u) == head.version
      && sketches_word(sketch, 4u) == head.hashes && sketches_word(sketch, first - 4u) == head.words
      && (head.version == 1u || sketches_word(sketch, 8u) == head.seed);
}

const uint SKETCHES_WORD_REGISTERS = 10u;
const uint64_t SKETCHES_REGISTER = 0x3Ful;

void sketches_distinct_put(uint64_t registers, uint bits, int64_t hash) {
  uint index = uint(uint64_t(hash) >> (64u - bits));
  uint64_t rest = uint64_t(hash) << bits | 1ul << (bits - 1u);
  uint high = uint(rest >> 32);
  uint zeros = high != 0u ? 31u - uint(findMSB(high)) : 63u - uint(findMSB(uint(rest)));
  uint shift = index % SKETCHES_WORD_REGISTERS * 6u;
  uint64_t mask = SKETCHES_REGISTER << shift;
  uint64_t rank = uint64_t(zeros + 1u) << shift;
  uint64_t address = registers + uint64_t(index / SKETCHES_WORD_REGISTERS) * 8ul;
  uint64_t before = BufferU64(address).v[0];
  // Most registers are as high once there are many values, and looking is cheaper than swapping.
  while ((before & mask) < rank) {
    uint64_t found = atomicCompSwap(BufferU64(address).v[0], before, before & ~mask | rank);
    if (found == before) {
      break;
    }
    before = found;
  }
}

uint64_t sketches_distinct_higher(uint64_t a, uint64_t b) {
  uint64_t higher = 0ul;
  [[unroll]] for (uint i = 0u; i < SKETCHES_WORD_REGISTERS; i++) {
    uint64_t mask = SKETCHES_REGISTER << (6u * i);
    higher |= max(a & mask, b & mask);
  }
  return higher;
}

void sketches_distinct_unite(uint64_t registers, uint word, int64_t other) {
  uint64_t address = registers + uint64_t(word) * 8ul;
  uint64_t before = BufferU64(address).v[0];
  uint64_t wanted = sketches_distinct_higher(before, uint64_t(other));
  while (wanted != before) {
    uint64_t found = atomicCompSwap(BufferU64(address).v[0], before, wanted);
    if (found == before) {
      break;
    }
    before = found;
    wanted = sketches_distinct_higher(before, uint64_t(other));
  }
}

int64_t sketches_distinct_zeros(uint64_t registers, uint bits) {
  uint64_t lowest = 0x0041041041041041ul;
  int zeros = 1 << bits;
  uint words = (1u << bits) / SKETCHES_WORD_REGISTERS + 1u;
  for (uint i = 0u; i < words; i++) {
    uint64_t word = BufferU64(registers).v[i];
    uint64_t any = (word | word >> 1 | word >> 2 | word >> 3 | word >> 4 | word >> 5) & lowest;
    zeros -= bitCount(uint(any)) + bitCount(uint(any >> 32));
  }
  return int64_t(zeros);
}

// In the order of the registers: the sum of many is rounded.
double sketches_distinct_inverse(uint64_t registers, uint bits) {
  precise double sum = 0.0lf;
  uint left = 1u << bits;
  for (uint at = 0u; left > 0u; at++) {
    uint64_t word = BufferU64(registers).v[at];
    [[unroll]] for (uint i = 0u; i < SKETCHES_WORD_REGISTERS; i++) {
      double power = f64_of((1023ul - (word >> (6u * i) & SKETCHES_REGISTER)) << 52);
      sum += i < left ? power : 0.0lf;
    }
    left -= min(left, SKETCHES_WORD_REGISTERS);
  }
  return sum;
}

double sketches_distinct_distance(Str bias, uint point, double estimate) {
  double distance = f64_sub(estimate, f64_of(str_word(bias, 4u + point)));
  return f64_mul(distance, distance);
}

// Probes as a binary search does that tries the lower of two middles: some points are not in order.
uint sketches_distinct_point(Str bias, uint points, double estimate) {
  uint low = 0u;
  uint end = points;
  while (low < end) {
    uint middle = (low + end - 1u) >> 1;
    double point = f64_of(str_word(bias, 4u + middle));
    if (point == estimate) {
      return middle;
    }
    if (point < estimate) {
      low = middle + 1u;
    } else {
      end = middle;
    }
  }
  return low;
}

double sketches_distinct_bias(Str bias, uint points, double estimate) {
  uint averaged = uint(str_word(bias, 2u));
  uint nearest = sketches_distinct_point(bias, points, estimate) + 1u;
  uint low = nearest - min(nearest, averaged);
  uint end = min(low + averaged, points);
  while (end < points
      && sketches_distinct_distance(bias, end, estimate) < sketches_distinct_distance(bias, low, estimate)) {
    low++;
    end++;
  }
  double sum = 0.0lf;
  for (uint i = low; i < end; i++) {
    sum = f64_add(sum, f64_of(str_word(bias, 4u + points + i)));
  }
  return f64_div(sum, double(end - low));
}

int64_t sketches_distinct_estimate(int64_t zeros, double inverse, Str bias) {
  double registers = double(uint(str_word(bias, 0u)));
  uint points = uint(str_word(bias, 1u));
  double estimate = f64_div(f64_of(str_word(bias, 3u)), inverse);
  if (zeros > 0l) {
    int64_t count = int64_t(str_word(bias, 3u + 2u * points + uint(zeros)));
    if (count >= 0l || estimate <= f64_mul(registers, 2.5lf)) {
      return count < 0l ? ~count : count;
    }
  }
  if (points > 0u && estimate < f64_mul(registers, 5.0lf)) {
    estimate = f64_sub(estimate, sketches_distinct_bias(bias, points, estimate));
  }
  double whole = f64_floor(estimate);
  return f64_to_i64(whole) + (f64_sub(estimate, whole) >= 0.5lf ? 1l : 0l);
}

#endif
