// SPDX-License-Identifier: Apache-2.0
//
// Tiles of floats that are added as doubles, KIND 3 of running.glsl, in one order on all devices:
//   four neighbours one after the other (a quad), Hillis and Steele's scan over 32 quads (a row of 128 values), four rows
//   one after the other (a band), eight bands one after the other (a tile of 4096), and behind tiles, 32 of them one
//   after the other (a chunk), and chunks one after the other.
// A value's sum is what is before its chunk, its tile, its band and its quad, added in this order, then the quad's values.
// Rows are read by 16 bytes an invocation, and an invocation holds as many values as its band has rows, times four.
//
//   root.flags   bit 0: each result contains the value at its own place, else only those before
//                bit 2: source and target are multiples of 16 bytes
//   Macros: SHUFFLES   1: sums go along a row by shuffles, in subgroups of 32 or 64; 0: by shared memory
//
// Every invocation of a workgroup calls these:
//   void rows_hold(uint tile)              reads a tile
//   double rows_sum()                      its sum; keeps what is before each quad
//   void rows_release(uint tile, double start)   writes the sums, from what is before the tile
//   double rows_total(uint tile, uint row)       the sum of one row of a whole tile, by one invocation alone
#ifndef KRONOS_RUNNING_ROWS_GLSL
#define KRONOS_RUNNING_ROWS_GLSL

#include "abi.glsl"
#include "running.glsl"

#if SHUFFLES
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_shuffle : require
#extension GL_KHR_shader_subgroup_shuffle_relative : require
#endif

const uint QUAD = 4u;
const uint ROW_QUADS = 32u;
const uint ROW = QUAD * ROW_QUADS;
const uint ROWS = 4u;
const uint BANDS = WORKGROUP_SIZE / ROW_QUADS;

INPUT_ARRAY(0, source, uvec4, 16)
ARRAY(2, target, uvec4, 16)

uint rows_words[ROWS * QUAD];
// What is before a quad in its band, of each row.
double rows_starts[ROWS];
double rows_band_start;
shared double rows_bands[BANDS];

uint rows_lane() {
#if SHUFFLES
  return gl_SubgroupID * gl_SubgroupSize + gl_SubgroupInvocationID;
#else
  return gl_LocalInvocationID.x;
#endif
}

// The first value that an invocation holds of a tile; those of the next row are ROW further.
uint rows_first(uint tile) {
  uint lane = rows_lane();
  return tile * TILE + lane / ROW_QUADS * (ROWS * ROW) + lane % ROW_QUADS * QUAD;
}

bool rows_by_vectors(uint tile) {
  return (root.flags & 4u) != 0u && root.count - tile * TILE >= TILE;
}

void rows_hold(uint tile) {
  uint first = rows_first(tile);
  if (rows_by_vectors(tile)) {
    [[unroll]] for (uint row = 0u; row < ROWS; row++) {
      uvec4 words = AS(source, uvec4)[(first + row * ROW) / QUAD];
      [[unroll]] for (uint i = 0u; i < QUAD; i++) {
        rows_words[row * QUAD + i] = words[i];
      }
    }
    return;
  }
  [[unroll]] for (uint i = 0u; i < ROWS * QUAD; i++) {
    uint place = first + i / QUAD * ROW + i % QUAD;
    rows_words[i] = 0u;
    if (place < root.count) {
      rows_words[i] = AS(source, uint32_t)[place];
    }
  }
}

double rows_quad(uint row) {
  double sum = load_value(rows_words[row * QUAD]);
  [[unroll]] for (uint i = 1u; i < QUAD; i++) {
    sum = combine(sum, load_value(rows_words[row * QUAD + i]));
  }
  return sum;
}

#if SHUFFLES
#define SHUFFLED_DOUBLE(shuffle, value, lane) packDouble2x32(shuffle(unpackDouble2x32(value), lane))

// Turns the sums of quads into what is before them in their rows; gives what the rows have.
void rows_run(inout double quads[ROWS], out double all[ROWS]) {
  uint place = gl_SubgroupInvocationID % ROW_QUADS;
  [[unroll]] for (uint row = 0u; row < ROWS; row++) {
    double sum = quads[row];
    [[unroll]] for (uint reach = 1u; reach < ROW_QUADS; reach <<= 1) {
      double wider = combine(SHUFFLED_DOUBLE(subgroupShuffleUp, sum, reach), sum);
      sum = place >= reach ? wider : sum;
    }
    double before = SHUFFLED_DOUBLE(subgroupShuffleUp, sum, 1u);
    quads[row] = place > 0u ? before : 0.0lf;
    all[row] = SHUFFLED_DOUBLE(subgroupShuffle, sum, gl_SubgroupInvocationID | (ROW_QUADS - 1u));
  }
}
#else
// Two of each quad: steps read what the step before wrote, and write the other ones.
shared double rows_steps[2u * ROWS * WORKGROUP_SIZE];

uint rows_step(uint from, uint row, uint lane) {
  return (from * ROWS + row) * WORKGROUP_SIZE + lane;
}

void rows_run(inout double quads[ROWS], out double all[ROWS]) {
  uint lane = gl_LocalInvocationID.x;
  uint place = lane % ROW_QUADS;
  [[unroll]] for (uint row = 0u; row < ROWS; row++) {
    rows_steps[rows_step(0u, row, lane)] = quads[row];
  }
  barrier();
  uint from = 0u;
  [[unroll]] for (uint reach = 1u; reach < ROW_QUADS; reach <<= 1) {
    [[unroll]] for (uint row = 0u; row < ROWS; row++) {
      if (place >= reach) {
        quads[row] = combine(rows_steps[rows_step(from, row, lane - reach)], quads[row]);
      }
      rows_steps[rows_step(1u - from, row, lane)] = quads[row];
    }
    from = 1u - from;
    barrier();
  }
  [[unroll]] for (uint row = 0u; row < ROWS; row++) {
    quads[row] = 0.0lf;
    if (place > 0u) {
      quads[row] = rows_steps[rows_step(from, row, lane - 1u)];
    }
    all[row] = rows_steps[rows_step(from, row, lane | (ROW_QUADS - 1u))];
  }
}
#endif

double rows_sum() {
  double all[ROWS];
  [[unroll]] for (uint row = 0u; row < ROWS; row++) {
    rows_starts[row] = rows_quad(row);
  }
  rows_run(rows_starts, all);
  double sum = 0.0lf;
  [[unroll]] for (uint row = 0u; row < ROWS; row++) {
    rows_starts[row] = combine(sum, rows_starts[row]);
    sum = combine(sum, all[row]);
  }
  uint band = rows_lane() / ROW_QUADS;
  if (rows_lane() % ROW_QUADS == 0u) {
    rows_bands[band] = sum;
  }
  barrier();
  double total = 0.0lf;
  [[unroll]] for (uint i = 0u; i < BANDS; i++) {
    rows_band_start = i == band ? total : rows_band_start;
    total = combine(total, rows_bands[i]);
  }
  return total;
}

void rows_release(uint tile, double start) {
  bool inclusive = (root.flags & 1u) != 0u;
  start = combine(start, rows_band_start);
  [[unroll]] for (uint row = 0u; row < ROWS; row++) {
    double running = combine(start, rows_starts[row]);
    [[unroll]] for (uint i = row * QUAD; i < (row + 1u) * QUAD; i++) {
      double after = combine(running, load_value(rows_words[i]));
      rows_words[i] = stored(inclusive ? after : running);
      running = after;
    }
  }
  uint first = rows_first(tile);
  if (rows_by_vectors(tile)) {
    [[unroll]] for (uint row = 0u; row < ROWS; row++) {
      uint i = row * QUAD;
      AS(target, uvec4)[(first + row * ROW) / QUAD] =
          uvec4(rows_words[i], rows_words[i + 1u], rows_words[i + 2u], rows_words[i + 3u]);
    }
    return;
  }
  [[unroll]] for (uint i = 0u; i < ROWS * QUAD; i++) {
    uint place = first + i / QUAD * ROW + i % QUAD;
    if (place < root.count) {
      AS(target, uint32_t)[place] = rows_words[i];
    }
  }
}

// The last result of the scan over a row is a tree: of neighbours, then of neighbouring pairs, and so on.
double rows_total(uint tile, uint row) {
  double quads[ROW_QUADS];
  uint first = tile * TILE + row * ROW;
  for (uint quad = 0u; quad < ROW_QUADS; quad++) {
    double sum = load_value(AS(source, uint32_t)[first + quad * QUAD]);
    [[unroll]] for (uint i = 1u; i < QUAD; i++) {
      sum = combine(sum, load_value(AS(source, uint32_t)[first + quad * QUAD + i]));
    }
    quads[quad] = sum;
  }
  for (uint left = ROW_QUADS / 2u; left > 0u; left >>= 1) {
    for (uint i = 0u; i < left; i++) {
      quads[i] = combine(quads[2u * i], quads[2u * i + 1u]);
    }
  }
  return quads[0];
}

#endif
