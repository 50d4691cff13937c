#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Finds where each string of a plain page ends that was decompressed on the device (parquet/snappy): each has four bytes
// of length before it (Encodings.md of the Parquet format, "Plain", byte arrays). A workgroup a page; all invocations
// go from one length to the next alike. Ends count characters alone, so that a page of size - skip bytes has four
// characters less a string, which the host relies on: that the last string ends there is checked.
//
//   root.count   pages, 0..2^31; any number of workgroups
//   StringEndArguments, 32 bytes
//     0  uint64_t pages     CompressedPage[count] (compressed_page.glsl); those without strings are passed over
//     8  uint64_t values    where their bytes are; 16-aligned, a multiple of 16 bytes
//    16  uint64_t offsets   uint[], written: behind the page's first string's number, the end of each. What is behind
//                           damage gets the page's end, so that all ascend
//    24  uint64_t status    uint[1]: number of a damaged page * 16 and what is wrong with it, DAMAGE_*
//
// Loops of an invocation take at most 3 * count + 64 turns a page.
#include "abi.glsl"
#include "types.glsl"
#include "page_window.glsl"
#include "compressed_page.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer StringEndArguments {
  uint64_t pages;
  uint64_t values;
  uint64_t offsets;
  uint64_t status;
};

const uint LENGTH_BYTES = 4u;

// Returns what is wrong with the page, 0 = nothing. The strings have `characters` together.
uint find_ends(CompressedPage page, uint64_t ends, uint start, uint characters) {
  uint at = start;
  uint end = 0u;
  uint damage = 0u;
  for (uint i = 0u; i < page.count; i++) {
    if (damage == 0u) {
      window_reach(at, LENGTH_BYTES);
      // There are that many bytes: those of all lengths to come are left.
      uint size = uint(window_word(at));
      damage = size > characters - end ? DAMAGE_LENGTHS : 0u;
      end = damage == 0u ? end + size : characters;
      at += LENGTH_BYTES + size;
    }
    if (gl_LocalInvocationID.x == i % WORKGROUP_SIZE) {
      store_u32(ends, i, page.before + end);
    }
  }
  return damage == 0u && end < characters ? DAMAGE_LENGTHS : damage;
}

void main() {
  StringEndArguments arguments = StringEndArguments(root.args);
  for (uint i = gl_WorkGroupID.x; i < root.count; i += gl_NumWorkGroups.x) {
    CompressedPage page = CompressedPages(arguments.pages).v[i];
    if (page.form == PAGE_STRINGS) {
      uint start = page.body & 15u;
      uint sizeBytes = page.size - page.skip;
      window_open(arguments.values + uint64_t(page.body - start), start + sizeBytes);
      uint64_t ends = arguments.offsets + 4ul * uint64_t(page.first + 1u);
      uint damage = find_ends(page, ends, start, sizeBytes - LENGTH_BYTES * page.count);
      if (damage != 0u) {
        page_damaged(arguments.status, i, damage);
      }
    }
  }
}
