// SPDX-License-Identifier: Apache-2.0
//
// Row errors. A checked operation reports by row_error(code); the first code of a row wins. After each
// row the kernel calls status_commit(row), so that the host learns the smallest failing row and
// evaluates that row itself for the exact error.
//
//   StatusBlock, 16 bytes, 8-aligned; the host writes firstErrorRow = 0xFFFFFFFF, the rest 0
//     0  uint firstErrorRow     smallest row with an error, 0xFFFFFFFF for none
//     4  uint errorCodes        bit c is set when code c happened in any row
//     8  uint count             rows or bytes produced, where the kernel counts
//    12  uint reserved
//
// Functions
//   void row_error(uint code)         records `code` unless this row already failed
//   void row_error_if(bool failed, uint code)
//   void status_commit(uint row)      publishes this row's error, if any, and clears k_error
#ifndef KRONOS_STATUS_GLSL
#define KRONOS_STATUS_GLSL

#include "abi.glsl"

const uint ROW_OVERFLOW = 1u;
const uint ROW_DIVIDE_BY_ZERO = 2u;
const uint ROW_CAST = 3u;
const uint ROW_DECIMAL_PRECISION = 4u;
const uint ROW_INDEX = 5u;

layout(buffer_reference, std430, buffer_reference_align = 8) buffer StatusBlock {
  uint firstErrorRow;
  uint errorCodes;
  uint count;
  uint reserved;
};

uint k_error = 0u;

void row_error(uint code) {
  if (k_error == 0u) {
    k_error = code;
  }
}

void row_error_if(bool failed, uint code) {
  if (failed && k_error == 0u) {
    k_error = code;
  }
}

void status_commit(uint row) {
  if (k_error != 0u) {
    StatusBlock block = StatusBlock(root.status);
    atomicMin(block.firstErrorRow, row);
    atomicOr(block.errorCodes, 1u << k_error);
    k_error = 0u;
  }
}

#endif
