#version 460
// SPDX-License-Identifier: Apache-2.0
//
// C = alpha * A * B + beta * C over dense row-major matrices: A has m rows of k, B k rows of n, C m rows of n elements.
//
// Each element of A * B is one chain, sum = fma(A[i][p], B[p][j], sum), p from 0 to k - 1: the order depends on k alone, not
// on tiles, subgroups or workgroups. A driver whose fma rounds once gives the same bits as any other such; Vulkan also
// allows to round the product first (lavapipe does). Then C[i][j] = beta == 0 ? alpha * sum : fma(alpha, sum, beta * C[i][j]).
// The sign of a zero is not specified. As in BLAS, C is not read where beta is 0, nor A and B where alpha is 0.
//
//   root.count   pairs of matrices, each following the last without a gap; any number of workgroups, one for each tile
//                (root.count * ceil(m / TILE_M) * ceil(n / TILE_N)) is fastest. Each of the three arrays has below 2^31 elements
//   GemmArguments
//     0  uint64_t a       ELEMENT[count][m][k], 16-aligned
//     8  uint64_t b       ELEMENT[count][k][n], 16-aligned
//    16  uint64_t c       ELEMENT[count][m][n], 16-aligned, read and written; must not overlap a or b
//    24  ELEMENT alpha, beta
//        uint m, n, k     any of them may be 0
//   Macros: ELEMENT, ELEMENT_BYTES, VECTOR (four ELEMENTs)
//     THREAD_M, THREAD_N   elements of C that an invocation makes, multiples of 4
//     TILE_M, TILE_N       elements of C that a workgroup makes at a time, multiples of 8 * THREAD_M and 4 * THREAD_N
//     TILE_K               steps of the sum between two barriers, a multiple of 4
//   Shared memory: 2 * (TILE_M + TILE_N) * TILE_K elements. Rows that are whole vectors (k or n a multiple of 4) load faster.
#include "abi.glsl"
#include "arguments.glsl"

#if WORKGROUP_SIZE * THREAD_M * THREAD_N != TILE_M * TILE_N
#error a tile needs (TILE_M / THREAD_M) * (TILE_N / THREAD_N) invocations
#endif
#if TILE_M % (8 * THREAD_M) != 0 || TILE_N % (4 * THREAD_N) != 0
#error a tile must be made of whole patches
#endif
#if TILE_M * TILE_K % (4 * WORKGROUP_SIZE) != 0 || TILE_N * TILE_K % (4 * WORKGROUP_SIZE) != 0
#error each invocation must load whole vectors, equally many
#endif

ARGUMENTS(GemmArguments, ADDRESS(a) ADDRESS(b) ADDRESS(c), ELEMENT alpha; ELEMENT beta; uint m; uint n; uint k;)
INPUT_ARRAY(0, a, VECTOR, 16)
INPUT_ARRAY(0, a, ELEMENT, ELEMENT_BYTES)
INPUT_ARRAY(1, b, VECTOR, 16)
INPUT_ARRAY(1, b, ELEMENT, ELEMENT_BYTES)
ARRAY(2, c, VECTOR, 16)
ARRAY(2, c, ELEMENT, ELEMENT_BYTES)

// Read once: stores to C might change the table, for all that a compiler knows.
ELEMENT alpha = arguments.alpha;
ELEMENT beta = arguments.beta;
uint m = arguments.m;
uint n = arguments.n;
uint k = arguments.k;

const uint LOADS_A = TILE_M * TILE_K / (4 * WORKGROUP_SIZE);
const uint LOADS_B = TILE_N * TILE_K / (4 * WORKGROUP_SIZE);
const uint VECTORS_M = THREAD_M / 4;
const uint VECTORS_N = THREAD_N / 4;
// 32 invocations, 8 down and 4 across, make a patch of the tile. Where they are one subgroup, their loads from shared
// memory meet in few addresses.
const uint PATCH_M = 8 * THREAD_M;
const uint PATCH_N = 4 * THREAD_N;
// Tiles are visited in bands of so many rows of tiles, so that neighbours in time share A and B in the cache.
const uint BAND = 8;

// Two of each, one to read while the other is written: A transposed, [TILE_K][TILE_M / 4], and B, [TILE_K][TILE_N / 4].
shared VECTOR tile_a[2 * TILE_K * TILE_M / 4];
shared VECTOR tile_b[2 * TILE_K * TILE_N / 4];

// What an invocation holds: its part of C, and its part of the next tiles of A and B.
VECTOR sums[THREAD_M * VECTORS_N];
VECTOR next_a[LOADS_A];
VECTOR next_b[LOADS_B];

struct Tile {
  uint matrix;
  uint row;
  uint column;
};

Tile tile_at(uint id, uint rows, uint columns) {
  uint in_matrix = id % (rows * columns);
  uint band = in_matrix / (BAND * columns) * BAND;
  uint in_band = in_matrix % (BAND * columns);
  uint height = min(BAND, rows - band);
  return Tile(id / (rows * columns), (band + in_band % height) * TILE_M, in_band / height * TILE_N);
}

// Row and column, in the tiles of A and B, of the vector that is an invocation's load-th.
uvec2 place_a(uint load) {
  uint i = gl_LocalInvocationID.x + load * WORKGROUP_SIZE;
  return uvec2(i / (TILE_K / 4), i % (TILE_K / 4) * 4);
}

uvec2 place_b(uint load) {
  uint i = gl_LocalInvocationID.x + load * WORKGROUP_SIZE;
  return uvec2(i / (TILE_N / 4), i % (TILE_N / 4) * 4);
}

// Four elements of a row of A, zeros outside of it.
VECTOR load_a(uint matrix, uint row, uint column) {
  VECTOR values = VECTOR(0);
  uint at = (matrix * m + row) * k + column;
  [[unroll]] for (uint c = 0; c < 4; c++) {
    if (row < m && column + c < k) {
      values[c] = AS(a, ELEMENT)[at + c];
    }
  }
  return values;
}

// Four elements of a row of B, zeros outside of it.
VECTOR load_b(uint matrix, uint row, uint column) {
  VECTOR values = VECTOR(0);
  uint at = (matrix * k + row) * n + column;
  [[unroll]] for (uint c = 0; c < 4; c++) {
    if (row < k && column + c < n) {
      values[c] = AS(b, ELEMENT)[at + c];
    }
  }
  return values;
}

void fetch_inside(Tile tile, uint first) {
  [[unroll]] for (uint load = 0; load < LOADS_A; load++) {
    uvec2 at = place_a(load) + uvec2(tile.row, first);
    next_a[load] = AS(a, VECTOR)[((tile.matrix * m + at.x) * k + at.y) / 4];
  }
  [[unroll]] for (uint load = 0; load < LOADS_B; load++) {
    uvec2 at = place_b(load) + uvec2(first, tile.column);
    next_b[load] = AS(b, VECTOR)[((tile.matrix * k + at.x) * n + at.y) / 4];
  }
}

void fetch_edge(Tile tile, uint first) {
  [[unroll]] for (uint load = 0; load < LOADS_A; load++) {
    uvec2 at = place_a(load) + uvec2(tile.row, first);
    next_a[load] = load_a(tile.matrix, at.x, at.y);
  }
  [[unroll]] for (uint load = 0; load < LOADS_B; load++) {
    uvec2 at = place_b(load) + uvec2(first, tile.column);
    next_b[load] = load_b(tile.matrix, at.x, at.y);
  }
}

// Loads TILE_K steps from `first` on.
void fetch(Tile tile, uint first) {
  bool inside = tile.row + TILE_M <= m && tile.column + TILE_N <= n && first + TILE_K <= k;
  if (inside && k % 4 == 0 && n % 4 == 0) {
    fetch_inside(tile, first);
  } else {
    fetch_edge(tile, first);
  }
}

// Where row vector `row` of step `step` lies in tile_a. Steps are turned against one another so that invocations which
// write one column of A each use different banks.
uint slot_a(uint step, uint row) {
  return step * (TILE_M / 4) + (row ^ (step / 4 % 4 * 2));
}

void stage(uint buffer_index) {
  [[unroll]] for (uint load = 0; load < LOADS_A; load++) {
    uvec2 at = place_a(load);
    [[unroll]] for (uint c = 0; c < 4; c++) {
      uint slot = slot_a(buffer_index * TILE_K + at.y + c, at.x / 4);
      tile_a[slot][at.x % 4] = next_a[load][c];
    }
  }
  [[unroll]] for (uint load = 0; load < LOADS_B; load++) {
    uvec2 at = place_b(load);
    tile_b[(buffer_index * TILE_K + at.x) * (TILE_N / 4) + at.y / 4] = next_b[load];
  }
}

// First row and column of C, inside the tile, that the invocation makes; then every 32nd and 16th vector's.
uvec2 place() {
  uint patch_index = gl_LocalInvocationID.x / 32;
  uint lane = gl_LocalInvocationID.x % 32;
  uint down = (lane & 1) + lane / 8 * 2;
  uint across = lane / 2 % 4;
  uint row = patch_index / (TILE_N / PATCH_N) * PATCH_M + down * 4;
  uint column = patch_index % (TILE_N / PATCH_N) * PATCH_N + across * 4;
  return uvec2(row, column);
}

void multiply(uint buffer_index, uvec2 at) {
  [[unroll]] for (uint step = 0; step < TILE_K; step++) {
    VECTOR a[VECTORS_M];
    VECTOR b[VECTORS_N];
    [[unroll]] for (uint i = 0; i < VECTORS_M; i++) {
      a[i] = tile_a[slot_a(buffer_index * TILE_K + step, at.x / 4) + i * 8];
    }
    [[unroll]] for (uint j = 0; j < VECTORS_N; j++) {
      b[j] = tile_b[(buffer_index * TILE_K + step) * (TILE_N / 4) + at.y / 4 + j * 4];
    }
    [[unroll]] for (uint i = 0; i < THREAD_M; i++) {
      [[unroll]] for (uint j = 0; j < VECTORS_N; j++) {
        sums[i * VECTORS_N + j] = fma(VECTOR(a[i / 4][i % 4]), b[j], sums[i * VECTORS_N + j]);
      }
    }
  }
}

void multiply_tile(Tile tile, uvec2 at) {
  [[unroll]] for (uint i = 0; i < THREAD_M * VECTORS_N; i++) {
    sums[i] = VECTOR(0);
  }
  uint steps = alpha == 0 ? 0 : k;
  if (steps > 0) {
    fetch(tile, 0);
    stage(0);
  }
  barrier();
  for (uint step = 0; step < steps; step += TILE_K) {
    uint current = step / TILE_K % 2;
    // Under way while this tile is multiplied; zeros behind the end.
    fetch(tile, step + TILE_K);
    multiply(current, at);
    stage(current ^ 1);
    barrier();
  }
}

VECTOR finish(VECTOR sum, VECTOR old) {
  precise VECTOR result = alpha * sum;
  if (beta != 0) {
    precise VECTOR scaled = beta * old;
    result = fma(VECTOR(alpha), sum, scaled);
  }
  return result;
}

// Four elements of a row of C, as far as they are inside of it.
void store(uint at, uint column, VECTOR sum) {
  bool whole = n % 4 == 0;
  VECTOR old = VECTOR(0);
  if (beta != 0 && whole) {
    old = AS(c, VECTOR)[at / 4];
  } else if (beta != 0) {
    [[unroll]] for (uint c = 0; c < 4; c++) {
      if (column + c < n) {
        old[c] = AS(c, ELEMENT)[at + c];
      }
    }
  }
  VECTOR values = finish(sum, old);
  if (whole) {
    AS(c, VECTOR)[at / 4] = values;
  } else {
    [[unroll]] for (uint c = 0; c < 4; c++) {
      if (column + c < n) {
        AS(c, ELEMENT)[at + c] = values[c];
      }
    }
  }
}

void store_tile(Tile tile, uvec2 at) {
  [[unroll]] for (uint i = 0; i < THREAD_M; i++) {
    uint row = tile.row + at.x + i / 4 * 32 + i % 4;
    [[unroll]] for (uint j = 0; j < VECTORS_N; j++) {
      uint column = tile.column + at.y + j * 16;
      if (row < m && column < n) {
        store((tile.matrix * m + row) * n + column, column, sums[i * VECTORS_N + j]);
      }
    }
  }
}

void main() {
  uvec2 at = place();
  uint rows = (m + TILE_M - 1) / TILE_M;
  uint columns = (n + TILE_N - 1) / TILE_N;
  uint tiles = root.count * rows * columns;
  for (uint id = gl_WorkGroupID.x; id < tiles; id += gl_NumWorkGroups.x) {
    Tile tile = tile_at(id, rows, columns);
    multiply_tile(tile, at);
    store_tile(tile, at);
  }
}
