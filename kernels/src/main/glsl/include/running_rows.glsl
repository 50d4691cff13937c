// SPDX-License-Identifier: Apache-2.0
//
// Tiles of floats that are added as doubles, KIND 3 of running.glsl, in one order on all devices:
//   four neighbours one after the other (a quad), Hillis and Steele's scan over 32 quads (a row of 128 values), four rows
//   one after the other (a band), their scan over 16 bands (a tile of 8192 values), and behind tiles their scan over 32
//   tiles (a chunk), and chunks one after the other.
// A value's sum is what is before its chunk, its tile, its band and its quad, added in this order, then the quad's values.
// An invocation reads and writes a quad, 16 bytes, of each of its rows.
//
//   root.flags   bit 0: each result contains the value at its own place, else only those before
//                bit 2: source and target are multiples of 16 bytes
//   Macros: WORKGROUP_SIZE   256 or 512
//           SHUFFLES   1: sums go along a row by shuffles, in subgroups of 32 or 64; 0: by shared memory
//           ROW_QUADS  32 by default; 8 or 16 for tests of shuffles in subgroups of 8 or 16, with half as many bands, as
//                      many tiles in a chunk and workgroups of at most ROW_QUADS * ROW_QUADS / 2
//
// Every invocation of a workgroup calls these:
//   void rows_hold(uint tile)              reads a tile
//   double rows_sum()                      its sum, of SHUFFLES in the first subgroup alone; keeps what is before each quad
//   void rows_release(uint tile, double start)   writes the sums, from what is before the tile; behind a barrier
// One invocation alone:
//   void scan_serially(inout double sums[32])    Hillis and Steele's scan
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
const uint ROW = QUAD * ROW_QUADS;
const uint ROWS = 4u;
const uint BANDS = ROW_QUADS / 2u;
// Bands that ROW_QUADS neighbouring invocations hold.
const uint HELD = BANDS * ROW_QUADS / WORKGROUP_SIZE;

INPUT_ARRAY(0, source, uvec4, 16)
ARRAY(2, target, uvec4, 16)

uvec4 rows_quads[HELD * ROWS];
// What is before a quad in its band, of each row.
double rows_starts[HELD * ROWS];
// What bands have, then what is before each of them in the tile.
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
  return tile * TILE + lane / ROW_QUADS * (HELD * ROWS * ROW) + lane % ROW_QUADS * QUAD;
}

bool rows_by_vectors(uint tile) {
  return (root.flags & 4u) != 0u && root.count - tile * TILE >= TILE;
}

void rows_hold(uint tile) {
  uint first = rows_first(tile);
  if (rows_by_vectors(tile)) {
    [[unroll]] for (uint row = 0u; row < HELD * ROWS; row++) {
      rows_quads[row] = AS(source, uvec4)[(first + row * ROW) / QUAD];
    }
    return;
  }
  [[unroll]] for (uint i = 0u; i < HELD * ROWS * QUAD; i++) {
    uint place = first + i / QUAD * ROW + i % QUAD;
    rows_quads[i / QUAD][i % QUAD] = 0u;
    if (place < root.count) {
      rows_quads[i / QUAD][i % QUAD] = AS(source, uint32_t)[place];
    }
  }
}

bool is_normal(uint bits) {
  return (bits & F32_INFINITY) - 0x00800000u < 0x7F000000u;
}

// Widened by the device where all are normal, for a device may take others for zeros, else by the library.
void quad_load(uvec4 quad, out double values[QUAD]) {
  bool normal = is_normal(quad.x) && is_normal(quad.y) && is_normal(quad.z) && is_normal(quad.w);
  if (normal) {
    [[unroll]] for (uint i = 0u; i < QUAD; i++) {
      values[i] = double(uintBitsToFloat(quad[i]));
    }
  } else {
    [[unroll]] for (uint i = 0u; i < QUAD; i++) {
      values[i] = f32_to_f64(f32_of(quad[i]));
    }
  }
}

// Tells whether a number is as large as a normal float.
bool fits(double value) {
  return (unpackDouble2x32(value).y & ~F32_SIGN) - 0x38100000u < 0x0FE00000u;
}

// To the nearest, of two the even one: half of the last place is added, less one unit where that place is even.
uint rounded(double value) {
  uvec2 halves = unpackDouble2x32(value);
  uint carry;
  uint low = uaddCarry(halves.x, 0x0FFFFFFFu + ((halves.x >> 29) & 1u), carry);
  uint places = ((halves.y + carry) << 3 | low >> 29) - ((1023u - 127u) << 23);
  return (halves.y & F32_SIGN) | (places & ~F32_SIGN);
}

uvec4 quad_stored(double values[QUAD]) {
  uvec4 quad;
  bool normal = fits(values[0]) && fits(values[1]) && fits(values[2]) && fits(values[3]);
  if (normal) {
    [[unroll]] for (uint i = 0u; i < QUAD; i++) {
      quad[i] = rounded(values[i]);
    }
  } else {
    [[unroll]] for (uint i = 0u; i < QUAD; i++) {
      quad[i] = f32_bits(f64_to_f32(values[i]));
    }
  }
  return quad;
}

double quad_sum(uvec4 quad) {
  double values[QUAD];
  quad_load(quad, values);
  double sum = values[0];
  [[unroll]] for (uint i = 1u; i < QUAD; i++) {
    sum = combine(sum, values[i]);
  }
  return sum;
}

void scan_serially(inout double sums[ROW_QUADS]) {
  for (uint reach = 1u; reach < ROW_QUADS; reach <<= 1) {
    for (uint i = ROW_QUADS - 1u; i >= reach; i--) {
      sums[i] = combine(sums[i - reach], sums[i]);
    }
  }
}

#if SHUFFLES
#define SHUFFLED_DOUBLE(shuffle, value, lane) packDouble2x32(shuffle(unpackDouble2x32(value), lane))

// Scans over the first so many of ROW_QUADS neighbouring invocations, a power of two.
double scan_lanes(double sum, uint lanes) {
  uint place = gl_SubgroupInvocationID % ROW_QUADS;
  [[unroll]] for (uint reach = 1u; reach < ROW_QUADS; reach <<= 1) {
    if (reach < lanes) {
      double wider = combine(SHUFFLED_DOUBLE(subgroupShuffleUp, sum, reach), sum);
      sum = place >= reach ? wider : sum;
    }
  }
  return sum;
}

// The sum of the one before of ROW_QUADS neighbouring invocations; 0 in the first.
double before_lane(double sum) {
  double before = SHUFFLED_DOUBLE(subgroupShuffleUp, sum, 1u);
  return gl_SubgroupInvocationID % ROW_QUADS > 0u ? before : 0.0lf;
}

// Turns sums of quads into what is before them in their rows; gives what the rows of a band have.
void rows_run(uint first, out double all[ROWS]) {
  [[unroll]] for (uint row = 0u; row < ROWS; row++) {
    double sum = scan_lanes(rows_starts[first + row], ROW_QUADS);
    rows_starts[first + row] = before_lane(sum);
    all[row] = SHUFFLED_DOUBLE(subgroupShuffle, sum, gl_SubgroupInvocationID | (ROW_QUADS - 1u));
  }
}

double rows_run_bands() {
  double total = 0.0lf;
  if (gl_SubgroupID == 0u) {
    uint lane = gl_SubgroupInvocationID;
    double sum = lane < BANDS ? rows_bands[lane % BANDS] : 0.0lf;
    sum = scan_lanes(sum, BANDS);
    total = SHUFFLED_DOUBLE(subgroupShuffle, sum, BANDS - 1u);
    sum = before_lane(sum);
    if (lane < BANDS) {
      rows_bands[lane] = sum;
    }
  }
  return total;
}
#else
// Two of each quad: steps read what the step before wrote, and write the other ones.
shared double rows_steps[2u * ROWS * WORKGROUP_SIZE];

uint rows_step(uint from, uint row, uint lane) {
  return (from * ROWS + row) * WORKGROUP_SIZE + lane;
}

void rows_run(uint first, out double all[ROWS]) {
  uint lane = gl_LocalInvocationID.x;
  uint place = lane % ROW_QUADS;
  // Another band may still be read.
  barrier();
  [[unroll]] for (uint row = 0u; row < ROWS; row++) {
    rows_steps[rows_step(0u, row, lane)] = rows_starts[first + row];
  }
  barrier();
  uint from = 0u;
  [[unroll]] for (uint reach = 1u; reach < ROW_QUADS; reach <<= 1) {
    [[unroll]] for (uint row = 0u; row < ROWS; row++) {
      double sum = rows_steps[rows_step(from, row, lane)];
      if (place >= reach) {
        sum = combine(rows_steps[rows_step(from, row, lane - reach)], sum);
      }
      rows_steps[rows_step(1u - from, row, lane)] = sum;
    }
    from = 1u - from;
    barrier();
  }
  [[unroll]] for (uint row = 0u; row < ROWS; row++) {
    double before = 0.0lf;
    if (place > 0u) {
      before = rows_steps[rows_step(from, row, lane - 1u)];
    }
    rows_starts[first + row] = before;
    all[row] = rows_steps[rows_step(from, row, lane | (ROW_QUADS - 1u))];
  }
}

double rows_run_bands() {
  uint lane = gl_LocalInvocationID.x;
  for (uint reach = 1u; reach < BANDS; reach <<= 1) {
    double sum = 0.0lf;
    if (lane < BANDS) {
      sum = rows_bands[lane];
      if (lane >= reach) {
        sum = combine(rows_bands[lane - reach], sum);
      }
    }
    barrier();
    if (lane < BANDS) {
      rows_bands[lane] = sum;
    }
    barrier();
  }
  double total = rows_bands[BANDS - 1u];
  double before = 0.0lf;
  if (lane > 0u && lane < BANDS) {
    before = rows_bands[lane - 1u];
  }
  barrier();
  if (lane < BANDS) {
    rows_bands[lane] = before;
  }
  return total;
}
#endif

double rows_sum() {
  uint lane = rows_lane();
  [[unroll]] for (uint row = 0u; row < HELD * ROWS; row++) {
    rows_starts[row] = quad_sum(rows_quads[row]);
  }
  [[unroll]] for (uint band = 0u; band < HELD; band++) {
    double all[ROWS];
    rows_run(band * ROWS, all);
    double sum = 0.0lf;
    [[unroll]] for (uint row = 0u; row < ROWS; row++) {
      rows_starts[band * ROWS + row] = combine(sum, rows_starts[band * ROWS + row]);
      sum = combine(sum, all[row]);
    }
    if (lane % ROW_QUADS == 0u) {
      rows_bands[lane / ROW_QUADS * HELD + band] = sum;
    }
  }
  barrier();
  return rows_run_bands();
}

uvec4 quad_run(uvec4 quad, double running) {
  bool inclusive = (root.flags & 1u) != 0u;
  double values[QUAD];
  quad_load(quad, values);
  [[unroll]] for (uint i = 0u; i < QUAD; i++) {
    double after = combine(running, values[i]);
    values[i] = inclusive ? after : running;
    running = after;
  }
  return quad_stored(values);
}

void rows_release(uint tile, double start) {
  uint first = rows_first(tile);
  [[unroll]] for (uint row = 0u; row < HELD * ROWS; row++) {
    uint band = rows_lane() / ROW_QUADS * HELD + row / ROWS;
    double before = combine(start, rows_bands[band]);
    rows_quads[row] = quad_run(rows_quads[row], combine(before, rows_starts[row]));
  }
  if (rows_by_vectors(tile)) {
    [[unroll]] for (uint row = 0u; row < HELD * ROWS; row++) {
      AS(target, uvec4)[(first + row * ROW) / QUAD] = rows_quads[row];
    }
    return;
  }
  [[unroll]] for (uint i = 0u; i < HELD * ROWS * QUAD; i++) {
    uint place = first + i / QUAD * ROW + i % QUAD;
    if (place < root.count) {
      AS(target, uint32_t)[place] = rows_quads[i / QUAD][i % QUAD];
    }
  }
}

#endif
