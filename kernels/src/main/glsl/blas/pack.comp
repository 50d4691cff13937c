#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Copies matrices of any strides into dense row-major ones of another element type, with zeros around them.
//
// Tiles of 32 by 32 go through shared memory, so that reads run along the source's dense dimension and writes along rows.
//
//   root.count   matrices; any number of workgroups, one for each tile is fastest
//   PackArguments, 48 bytes; indexes into source and target stay below 2^31
//     0  uint64_t source         SOURCE elements; element (i, j) of matrix b is at b * matrix_stride + i * row_stride
//                                + j * column_stride
//     8  uint64_t target         TARGET[count][target_rows][target_columns]; must not overlap the source
//    16  uint matrix_stride      in elements, 0 to take one matrix count times
//    20  uint row_stride
//    24  uint column_stride
//    28  uint rows, columns      what is copied
//    36  uint target_rows, target_columns   as many or more; what is beyond becomes zero
//   Macros: SOURCE, SOURCE_BYTES, TARGET, TARGET_BYTES, CONVERT (a function or constructor from SOURCE to TARGET)
#include "abi.glsl"
#include "arguments.glsl"

ARGUMENTS(PackArguments, ADDRESS(source) ADDRESS(target), uint matrix_stride; uint row_stride;
    uint column_stride; uint rows; uint columns; uint target_rows; uint target_columns;)
INPUT_ARRAY(0, source, SOURCE, SOURCE_BYTES)
ARRAY(1, target, TARGET, TARGET_BYTES)

const uint SIDE = 32;
const uint STEP = WORKGROUP_SIZE / SIDE;

// One column more, so that a column's elements lie in different banks.
shared TARGET tile[SIDE * (SIDE + 1)];

// IEEE 754 binary16 to binary32, exactly: subnormal numbers too, which a device may flush in its own conversion.
float half_float(uint16_t bits) {
  uint half_bits = uint(bits);
  uint sign = (half_bits & 0x8000u) << 16;
  uint exponent = half_bits >> 10 & 31u;
  uint fraction = half_bits & 1023u;
  uint magnitude = (exponent + 112u) << 23 | fraction << 13;
  if (exponent == 31u) {
    magnitude = 0x7f800000u | fraction << 13;
  } else if (exponent == 0u) {
    magnitude = floatBitsToUint(float(fraction) * 5.9604644775390625e-8);
  }
  return uintBitsToFloat(sign | magnitude);
}

// The upper half of a float.
float brain_float(uint16_t bits) {
  return uintBitsToFloat(uint(bits) << 16);
}

TARGET element(uint matrix, uint row, uint column) {
  if (row >= arguments.rows || column >= arguments.columns) {
    return TARGET(0);
  }
  uint at = matrix * arguments.matrix_stride + row * arguments.row_stride + column * arguments.column_stride;
  return CONVERT(AS(source, SOURCE)[at]);
}

void load(uint matrix, uint row, uint column) {
  uint lane = gl_LocalInvocationID.x % SIDE;
  bool along_rows = arguments.column_stride <= arguments.row_stride;
  [[unroll]] for (uint other = 0; other < SIDE; other += STEP) {
    uint line = other + gl_LocalInvocationID.x / SIDE;
    uint i = along_rows ? line : lane;
    uint j = along_rows ? lane : line;
    tile[i * (SIDE + 1) + j] = element(matrix, row + i, column + j);
  }
}

void store(uint matrix, uint row, uint column) {
  uint j = gl_LocalInvocationID.x % SIDE;
  [[unroll]] for (uint other = 0; other < SIDE; other += STEP) {
    uint i = other + gl_LocalInvocationID.x / SIDE;
    if (row + i < arguments.target_rows && column + j < arguments.target_columns) {
      uint at = (matrix * arguments.target_rows + row + i) * arguments.target_columns + column + j;
      AS(target, TARGET)[at] = tile[i * (SIDE + 1) + j];
    }
  }
}

void main() {
  uint down = (arguments.target_rows + SIDE - 1) / SIDE;
  uint across = (arguments.target_columns + SIDE - 1) / SIDE;
  uint tiles = root.count * down * across;
  for (uint id = gl_WorkGroupID.x; id < tiles; id += gl_NumWorkGroups.x) {
    uint matrix = id / (down * across);
    uint row = id / across % down * SIDE;
    uint column = id % across * SIDE;
    load(matrix, row, column);
    barrier();
    store(matrix, row, column);
    barrier();
  }
}
