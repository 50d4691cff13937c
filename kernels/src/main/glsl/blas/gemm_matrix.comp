#version 460
// SPDX-License-Identifier: Apache-2.0
//
// C = alpha * A * B + beta * C on cooperative matrices: A and B of 16-bit floats, C of floats, accumulated in floats.
//
// For devices with VK_KHR_cooperative_matrix, products of 16 x 16 x 16 by a subgroup, and subgroups of 32. In which order
// the device adds the products of one element is its own affair; blas/gemm is the kernel whose order is fixed.
//
// A subgroup keeps 64 by 64 sums in registers: the next tiles of A and B wait in registers as well while it multiplies.
// Measured on an H200 with 8,192 halves a side (TFLOP/s): this shape 327; tiles of 128 by 256, or two buffers of half the
// depth, 275 to 300; eight subgroups of 64 by 32 sums 176; the driver's own tiling of VK_NV_cooperative_matrix2 297 at best.
// Loads from global memory alone take as long there as the whole; one workgroup runs on a multiprocessor at a time.
//
//   root.count   pairs of matrices, each following the last without a gap; any number of workgroups, one for each tile is fastest
//   GemmArguments
//     0  uint64_t a       HALF[count][M][k], 16-aligned; M is m rounded up to a multiple of 128, what is beyond m is zero
//     8  uint64_t b       HALF[count][k][N], 16-aligned; N is n rounded up to a multiple of 128
//    16  uint64_t c       float[count][m][n], 4-aligned, read where beta is not 0, and written; must not overlap a or b
//    24  float alpha, beta
//        uint m, n        1 or more
//        uint k           a multiple of 64; columns of A and rows of B beyond the true dimension are zero
//   Macros: HALF, float16_t or bfloat16_t; BRAIN, 1 for the latter; WORKGROUP_SIZE, 128
//   Shared memory: 39,936 bytes.
#pragma use_vulkan_memory_model
#extension GL_KHR_cooperative_matrix : require
#extension GL_KHR_memory_scope_semantics : require
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_EXT_shader_explicit_arithmetic_types_float16 : require
#if BRAIN == 1
#extension GL_EXT_bfloat16 : require
#endif
#include "abi.glsl"
#include "arguments.glsl"

ARGUMENTS(GemmArguments, ADDRESS(a) ADDRESS(b) ADDRESS(c), float alpha; float beta; uint m; uint n; uint k;)
INPUT_ARRAY(0, a, uvec4, 16)
INPUT_ARRAY(1, b, uvec4, 16)
ARRAY(2, c, float, 4)

const uint SIDE = 16;
const uint TILE = 128;
const uint TILE_K = 64;
// Halves of one vector.
const uint LANES = 8;
// Rows in shared memory are one vector longer, so that the rows of a fragment lie in different banks.
const uint STRIDE_A = TILE_K / LANES + 1;
const uint STRIDE_B = TILE / LANES + 1;
const uint LOADS = TILE * TILE_K / LANES / WORKGROUP_SIZE;
// A subgroup makes 4 by 4 fragments; 2 by 2 subgroups make a tile.
const uint DOWN = 4;
const uint ACROSS = 4;
const uint SUBGROUPS_ACROSS = TILE / (ACROSS * SIDE);
const uint BAND = 4;

#define FRAGMENT_A coopmat<HALF, gl_ScopeSubgroup, SIDE, SIDE, gl_MatrixUseA>
#define FRAGMENT_B coopmat<HALF, gl_ScopeSubgroup, SIDE, SIDE, gl_MatrixUseB>
#define FRAGMENT_C coopmat<float, gl_ScopeSubgroup, SIDE, SIDE, gl_MatrixUseAccumulator>

shared uvec4 tile_a[TILE * STRIDE_A];
shared uvec4 tile_b[TILE_K * STRIDE_B];
shared float patch_c[WORKGROUP_SIZE / 32 * SIDE * SIDE];

uint m = arguments.m;
uint n = arguments.n;
uint k = arguments.k;
uint padded_m = (m + TILE - 1) / TILE * TILE;
uint padded_n = (n + TILE - 1) / TILE * TILE;

uvec4 next_a[LOADS];
uvec4 next_b[LOADS];

// Rows of the tiles that one load of all invocations fills.
const uint ROWS_A = WORKGROUP_SIZE / (TILE_K / LANES);
const uint ROWS_B = WORKGROUP_SIZE / (TILE / LANES);

// Row and vector, in the tiles of A and B, of what an invocation loads first.
uvec2 place_a = uvec2(gl_LocalInvocationID.x / (TILE_K / LANES), gl_LocalInvocationID.x % (TILE_K / LANES));
uvec2 place_b = uvec2(gl_LocalInvocationID.x / (TILE / LANES), gl_LocalInvocationID.x % (TILE / LANES));

// Loads what lies at vectors of A and B, and further rows below.
void fetch(uint first_a, uint first_b) {
  [[unroll]] for (uint load = 0; load < LOADS; load++) {
    next_a[load] = AS(a, uvec4)[first_a + load * ROWS_A * (k / LANES)];
    next_b[load] = AS(b, uvec4)[first_b + load * ROWS_B * (padded_n / LANES)];
  }
}

void stage() {
  [[unroll]] for (uint load = 0; load < LOADS; load++) {
    tile_a[(place_a.x + load * ROWS_A) * STRIDE_A + place_a.y] = next_a[load];
    tile_b[(place_b.x + load * ROWS_B) * STRIDE_B + place_b.y] = next_b[load];
  }
}

void main() {
  uint down = gl_SubgroupID / SUBGROUPS_ACROSS * DOWN * SIDE;
  uint across = gl_SubgroupID % SUBGROUPS_ACROSS * ACROSS * SIDE;
  uint rows = padded_m / TILE;
  uint columns = padded_n / TILE;
  uint tiles = root.count * rows * columns;
  for (uint id = gl_WorkGroupID.x; id < tiles; id += gl_NumWorkGroups.x) {
    // Tiles are visited in bands of so many rows of tiles, so that neighbours in time share A and B in the cache.
    uint matrix = id / (rows * columns);
    uint in_matrix = id % (rows * columns);
    uint band = in_matrix / (BAND * columns) * BAND;
    uint in_band = in_matrix % (BAND * columns);
    uint height = min(BAND, rows - band);
    uint row = (band + in_band % height) * TILE;
    uint column = in_band / height * TILE;

    FRAGMENT_C sums[DOWN * ACROSS];
    [[unroll]] for (uint i = 0; i < DOWN * ACROSS; i++) {
      sums[i] = FRAGMENT_C(0.0);
    }
    uint first_a = ((matrix * padded_m + row + place_a.x) * k) / LANES + place_a.y;
    uint first_b = ((matrix * k + place_b.x) * padded_n + column) / LANES + place_b.y;
    fetch(first_a, first_b);
    stage();
    barrier();
    for (uint step = TILE_K; step <= k; step += TILE_K) {
      bool more = step < k;
      if (more) {
        fetch(first_a + step / LANES, first_b + step * (padded_n / LANES));
      }
      [[unroll]] for (uint part = 0; part < TILE_K; part += SIDE) {
        FRAGMENT_A a[DOWN];
        FRAGMENT_B b;
        [[unroll]] for (uint i = 0; i < DOWN; i++) {
          coopMatLoad(a[i], tile_a, (down + i * SIDE) * STRIDE_A + part / LANES, STRIDE_A,
              gl_CooperativeMatrixLayoutRowMajor);
        }
        [[unroll]] for (uint j = 0; j < ACROSS; j++) {
          coopMatLoad(b, tile_b, part * STRIDE_B + (across + j * SIDE) / LANES, STRIDE_B,
              gl_CooperativeMatrixLayoutRowMajor);
          [[unroll]] for (uint i = 0; i < DOWN; i++) {
            sums[i * ACROSS + j] = coopMatMulAdd(a[i], b, sums[i * ACROSS + j]);
          }
        }
      }
      barrier();
      if (more) {
        stage();
      }
      barrier();
    }

    // Fragments have no order that is known: they go through memory to where they are put.
    [[unroll]] for (uint i = 0; i < DOWN * ACROSS; i++) {
      uint first = gl_SubgroupID * SIDE * SIDE;
      coopMatStore(sums[i], patch_c, first, SIDE, gl_CooperativeMatrixLayoutRowMajor);
      barrier();
      for (uint e = gl_SubgroupInvocationID; e < SIDE * SIDE; e += gl_SubgroupSize) {
        uint r = row + down + i / ACROSS * SIDE + e / SIDE;
        uint c = column + across + i % ACROSS * SIDE + e % SIDE;
        if (r < m && c < n) {
          uint at = (matrix * m + r) * n + c;
          float value = arguments.alpha * patch_c[first + e];
          if (arguments.beta != 0) {
            value += arguments.beta * AS(c, float)[at];
          }
          AS(c, float)[at] = value;
        }
      }
      barrier();
    }
  }
}
