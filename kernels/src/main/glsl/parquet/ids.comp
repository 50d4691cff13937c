#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Tells for each row which entry of a column's values it has. Values are stored for rows without null only.
//
//   root.count   rows, 0..2^31; any number of workgroups
//   IdArguments, 64 bytes
//     0  uint64_t runs        Run[run_count] of ids, by position among the values (parquet_runs.glsl)
//     8  uint64_t bytes       what runs of packed ids point into; 16-aligned
//    16  uint64_t marks       uint8_t[count], 1 = null; 0 = no row is null
//    24  uint64_t positions   uint[count], position of the row's value; 0 = the row's number
//    32  uint64_t ids         uint[count], written: 0 where null; may be positions
//    40  uint64_t wrong       uint[1], set to 1 when an id is not below entries; the row then gets 0
//    48  uint64_t expanded    uint[], ids by position where the run says so; 0 = no run does
//    56  uint run_count       1 or more
//    60  uint entries         how many entries there are
#include "abi.glsl"
#include "parquet_runs.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer IdArguments {
  uint64_t runs;
  uint64_t bytes;
  uint64_t marks;
  uint64_t positions;
  uint64_t ids;
  uint64_t wrong;
  uint64_t expanded;
  uint run_count;
  uint entries;
};

uint id_of(IdArguments arguments, uint row) {
  if (arguments.marks != 0ul && uint(BufferU8(arguments.marks).v[row]) != 0u) {
    return 0u;
  }
  uint position = row;
  if (arguments.positions != 0ul) {
    position = BufferU32(arguments.positions).v[row];
  }
  uvec4 run = run_at(arguments.runs, arguments.run_count, position);
  uint id = (run.y & 255u) == RUN_EXPANDED
      ? BufferU32(arguments.expanded).v[position]
      : run_value(run, arguments.bytes, position);
  if (id >= arguments.entries) {
    store_u32(arguments.wrong, 0u, 1u);
    return 0u;
  }
  return id;
}

void main() {
  IdArguments arguments = IdArguments(root.args);
  for (uint row = kronos_thread(); row < root.count; row += kronos_threads()) {
    store_u32(arguments.ids, row, id_of(arguments, row));
  }
}
