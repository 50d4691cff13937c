#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Expands the dictionary ids of pages that were decompressed on the device (parquet/snappy): one byte that tells their
// width, then runs (Encodings.md of the Parquet format, "Run Length Encoding / Bit-Packing Hybrid"). A workgroup a
// page; all invocations read the headers of runs alike and then share a run's values. Both come from a window of the
// page in shared memory, so that memory is waited for once in WINDOW_BYTES.
//
//   root.count   pages, 0..2^31; any number of workgroups
//   ExpandArguments, 32 bytes
//     0  uint64_t pages     CompressedPage[count] (compressed_page.glsl); those without ids are passed over
//     8  uint64_t scratch   where their bytes are; 16-aligned, a multiple of 16 bytes
//    16  uint64_t ids       uint[], written from each page's first value on
//    24  uint64_t status    uint[1]: number of a damaged page * 16 and what is wrong with it, DAMAGE_*
//
// Loops of an invocation take at most 2 * size + count / 64 + 64 turns a page.
#define WINDOW_BYTES 4096u
#include "abi.glsl"
#include "types.glsl"
#include "page_window.glsl"
#include "compressed_page.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer ExpandArguments {
  uint64_t pages;
  uint64_t scratch;
  uint64_t ids;
  uint64_t status;
};

const uint MOST_WIDTH = 32u;
const uint HEADER_BYTES = 5u;
const uint MOST_REACHED = WINDOW_BYTES - 16u;

// Reads a number of seven bits a byte; bytes is 0 when it does not end in five.
uint number_at(uint at, out uint bytes) {
  uint64_t word = window_word(at);
  uint value = 0u;
  bytes = 0u;
  [[unroll]] for (uint i = 0u; i < HEADER_BYTES; i++) {
    uint part = uint(word >> (8u * i)) & 255u;
    if (bytes == 0u) {
      value |= (part & 127u) << (7u * i);
      bytes = part < 128u ? i + 1u : 0u;
    }
  }
  return value;
}

void expand_repeated(uint64_t target, uint value, uint count) {
  for (uint i = gl_LocalInvocationID.x; i < count; i += WORKGROUP_SIZE) {
    store_u32(target, i, value);
  }
}

// Expands as many values at a time as are in the window; eight of them take `width` bytes, 1..32.
void expand_packed(uint64_t target, uint at, uint width, uint count) {
  uint done = 0u;
  while (done < count) {
    window_reach(at, min(((count - done + 7u) >> 3) * width, MOST_REACHED));
    // Where the page ends, its last group may be cut off.
    uint groups = max((window_first + WINDOW_BYTES - at) / width, 1u);
    uint taken = min(count - done, groups * 8u);
    for (uint i = gl_LocalInvocationID.x; i < taken; i += WORKGROUP_SIZE) {
      uint bit = i * width;
      uint64_t word = window_word(at + (bit >> 3)) >> (bit & 7u);
      store_u32(target, done + i, uint(word & ((1ul << width) - 1ul)));
    }
    at += groups * width;
    done += taken;
  }
}

// Returns what is wrong with the runs from `at` to `end`, 0 = nothing.
uint expand(uint64_t ids, uint count, uint at, uint end, uint width) {
  uint value_bytes = (width + 7u) >> 3;
  uint done = 0u;
  uint damage = 0u;
  while (done < count && damage == 0u) {
    window_reach(at, HEADER_BYTES + MOST_WIDTH / 8u + 8u);
    uint bytes;
    uint header = number_at(min(at, end - 1u), bytes);
    uint left = end - at;
    if (left == 0u || (bytes == 0u ? left < HEADER_BYTES : bytes > left)) {
      damage = DAMAGE_RUN_ENDS_EARLY;
    } else if (bytes == 0u) {
      damage = DAMAGE_RUN_LENGTH;
    } else {
      at += bytes;
      left -= bytes;
      uint length = header >> 1;
      bool packed = (header & 1u) != 0u;
      uint taken = uint(min(uint64_t(length) << (packed ? 3 : 0), uint64_t(count - done)));
      uint64_t needed = packed ? (uint64_t(taken) * uint64_t(width) + 7ul) >> 3 : uint64_t(value_bytes);
      uint64_t target = ids + 4ul * uint64_t(done);
      if (needed > uint64_t(left)) {
        damage = DAMAGE_RUN_ENDS_EARLY;
      } else if (packed && width > 0u) {
        expand_packed(target, at, width, taken);
      } else {
        uint64_t mask = (1ul << (8u * value_bytes)) - 1ul;
        expand_repeated(target, uint(window_word(min(at, end - 1u)) & mask), taken);
      }
      uint64_t behind = packed ? uint64_t(length) * uint64_t(width) : uint64_t(value_bytes);
      at += uint(min(uint64_t(left), behind));
      done += taken;
    }
  }
  return damage;
}

uint expand_page(CompressedPage page, uint64_t scratch, uint64_t ids) {
  uint damage = DAMAGE_RUN_ENDS_EARLY;
  if (page.skip < page.size) {
    uint start = page.body & 15u;
    uint end = start + page.size - page.skip;
    window_open(scratch + uint64_t(page.body - start), end);
    uint width = window_byte(start);
    damage = DAMAGE_WIDTH;
    if (width <= MOST_WIDTH) {
      damage = expand(ids + 4ul * uint64_t(page.first), page.count, start + 1u, end, width);
    }
  }
  return damage;
}

void main() {
  ExpandArguments arguments = ExpandArguments(root.args);
  for (uint i = gl_WorkGroupID.x; i < root.count; i += gl_NumWorkGroups.x) {
    CompressedPage page = CompressedPages(arguments.pages).v[i];
    if (page.form == PAGE_IDS) {
      uint damage = expand_page(page, arguments.scratch, arguments.ids);
      if (damage != 0u) {
        page_damaged(arguments.status, i, damage);
      }
    }
  }
}
