// SPDX-License-Identifier: Apache-2.0
//
// Pages that are decompressed on the device, told in a table. What a page begins with (its levels, which the host has
// read) goes to scratch memory, and its values to where they are wanted.
//
//   CompressedPage, 40 bytes, 8-aligned
//     0  uint source         first byte among the compressed ones, without the length that Snappy puts first; 16-aligned
//     4  uint source_bytes   compressed bytes
//     8  uint size           bytes of the page
//    12  uint skip           how many of them come before the values, 0..size
//    16  uint head           where those go in the scratch memory
//    20  uint body           where the others go: among the values, or in the scratch memory
//    24  uint form           PAGE_VALUES, PAGE_STRINGS, or PAGE_IDS, which stay in the scratch memory and are expanded
//                           from there
//    28  uint first          PAGE_IDS: position of the page's first value among the column's
//                           PAGE_STRINGS: number of the page's first string among the column's
//    32  uint count          PAGE_IDS, PAGE_STRINGS: values of the page
//    36  uint before         PAGE_STRINGS: characters of the column before the page
//
//   void page_damaged(uint64_t status, uint page, uint code)   tells that a page is damaged; the first one told stays
#ifndef KRONOS_COMPRESSED_PAGE_GLSL
#define KRONOS_COMPRESSED_PAGE_GLSL

#include "abi.glsl"
#include "types.glsl"

const uint PAGE_VALUES = 0u;
const uint PAGE_IDS = 1u;
const uint PAGE_STRINGS = 2u;

const uint DAMAGE_ENDS_EARLY = 1u;
const uint DAMAGE_TOO_LONG = 2u;
const uint DAMAGE_TOO_SHORT = 3u;
const uint DAMAGE_OFFSET = 4u;
const uint DAMAGE_RUN_ENDS_EARLY = 5u;
const uint DAMAGE_RUN_LENGTH = 6u;
const uint DAMAGE_WIDTH = 7u;
const uint DAMAGE_LENGTHS = 8u;
const uint DAMAGE_BITS = 4u;

struct CompressedPage {
  uint source;
  uint source_bytes;
  uint size;
  uint skip;
  uint head;
  uint body;
  uint form;
  uint first;
  uint count;
  uint before;
};

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer CompressedPages { CompressedPage v[]; };

void page_damaged(uint64_t status, uint page, uint code) {
  if (gl_LocalInvocationID.x == 0u && BufferU32(status).v[0] == 0u) {
    store_u32(status, 0u, (page << DAMAGE_BITS) | code);
  }
}

#endif
