#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Tells from definition levels which rows of a column without nesting are null.
//
//   root.count   rows, 0..2^31; any number of workgroups
//   LevelArguments, 40 bytes
//     0  uint64_t runs       Run[run_count] of levels 0 and 1 (parquet_runs.glsl)
//     8  uint64_t bytes      what runs of packed levels point into; 16-aligned
//    16  uint64_t marks      uint8_t[count], written: 1 = null
//    24  uint64_t present    uint[count], written: 0 = null, else 1
//    32  uint run_count      1 or more
//    36  uint reserved
#include "abi.glsl"
#include "parquet_runs.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer LevelArguments {
  uint64_t runs;
  uint64_t bytes;
  uint64_t marks;
  uint64_t present;
  uint run_count;
  uint reserved;
};

void main() {
  LevelArguments arguments = LevelArguments(root.args);
  for (uint row = kronos_thread(); row < root.count; row += kronos_threads()) {
    uvec4 run = run_at(arguments.runs, arguments.run_count, row);
    uint present = min(run_value(run, arguments.bytes, row), 1u);
    store_u8(arguments.marks, row, 1u - present);
    store_u32(arguments.present, row, present);
  }
}
