#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Copies memory. Source and target must not overlap. 16 bytes an access where both are equally aligned to 16,
// 4 where equally aligned to 4, else bytes.
//
//   root.count   not used (a length may exceed 32 bits); any number of workgroups
//   CopyArguments, 24 bytes
//     0  uint64_t source
//     8  uint64_t target       written
//    16  uint64_t size_bytes
#include "abi.glsl"
#include "types.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer CopyArguments {
  uint64_t source;
  uint64_t target;
  uint64_t size_bytes;
};

void copy_bytes(uint64_t source, uint64_t target, uint64_t size, uint64_t first, uint64_t stride) {
  for (uint64_t i = first; i < size; i += stride) {
    BufferU8(target + i).v[0] = BufferU8(source + i).v[0];
  }
}

void copy_words(uint64_t source, uint64_t target, uint64_t words, uint64_t first, uint64_t stride) {
  for (uint64_t i = first; i < words; i += stride) {
    BufferU32(target + i * 4ul).v[0] = BufferU32(source + i * 4ul).v[0];
  }
}

void copy_blocks(uint64_t source, uint64_t target, uint64_t blocks, uint64_t first, uint64_t stride) {
  for (uint64_t i = first; i < blocks; i += stride) {
    BufferU32x4(target + i * 16ul).v[0] = BufferU32x4(source + i * 16ul).v[0];
  }
}

void main() {
  CopyArguments arguments = CopyArguments(root.args);
  uint64_t source = arguments.source;
  uint64_t target = arguments.target;
  uint64_t size = arguments.size_bytes;
  uint64_t stride = uint64_t(kronos_threads());
  uint64_t first = uint64_t(kronos_thread());
  uint64_t unlike = source ^ target;
  uint64_t unit = (unlike & 15ul) == 0ul ? 16ul : ((unlike & 3ul) == 0ul ? 4ul : 1ul);
  uint64_t head = min((0ul - target) & (unit - 1ul), size);
  uint64_t units = (size - head) / unit;
  uint64_t tail = head + units * unit;
  copy_bytes(source, target, head, first, stride);
  if (unit == 16ul) {
    copy_blocks(source + head, target + head, units, first, stride);
  } else if (unit == 4ul) {
    copy_words(source + head, target + head, units, first, stride);
  } else {
    copy_bytes(source + head, target + head, units, first, stride);
  }
  copy_bytes(source + tail, target + tail, size - tail, first, stride);
}
