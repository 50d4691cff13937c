// SPDX-License-Identifier: Apache-2.0
//
// The check of a checked build. The compiler puts this file in front of a kernel, whose main() it renames to
// kronos_main(), and then routes the address of every access to global memory through kronos_checked(). A kernel may
// touch its argument table and what its dispatch declared; the host writes both in front of the argument table:
//
//   root.args - 16 - 16 (i+1)   uint64 start of range i      uint64 end of range i, its mode in the top two bits
//   root.args - 16              uint count of the ranges     uint size of the argument table in bytes
//   root.args - 8               uint64 address of KRONOS_HARMLESS_BYTES of zeros, then as many to write to
//   root.args                   the argument table
//
// Modes are bits: 1 reads, 2 writes. Ranges that are only read start and end at multiples of 8: strings and bits are
// read in whole words (string.glsl, types.glsl). An access that is not allowed reads zeros or writes where nobody looks, and is
// counted in the error words; the first one is noted there:
//
//   64 count   65 mode   66 size in bytes   68 low, 69 high half of root.args   70 low, 71 high half of the address
#ifndef KRONOS_CHECKED_GLSL
#define KRONOS_CHECKED_GLSL

#include "abi.glsl"

const uint KRONOS_HARMLESS_BYTES = 1024u;
const uint64_t KRONOS_ADDRESS_MASK = 0x3FFFFFFFFFFFFFFFul;

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer KronosRange {
  u64vec2 startAndEnd;
};

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer KronosRangeHeader {
  uint count;
  uint argumentBytes;
  uint64_t harmless;
};

// Drivers inline the check at each access, so all that can be done once is done before and after the kernel.
uint kronos_rangeCount = KronosRangeHeader(root.args - 16ul).count;
uint64_t kronos_argumentEnd = root.args + uint64_t(KronosRangeHeader(root.args - 16ul).argumentBytes);
uint64_t kronos_harmless = KronosRangeHeader(root.args - 16ul).harmless;
uint kronos_refusedCount = 0u;
uint kronos_refusedMode = 0u;
uint kronos_refusedBytes = 0u;
uint64_t kronos_refusedAddress = 0ul;

// Returns the address to use instead of `address`. Parameters are constant, so that they are passed by value.
uint64_t kronos_checked(const uint64_t address, const uint sizeBytes, const uint mode) {
  bool argument = address >= root.args && address <= kronos_argumentEnd - uint64_t(sizeBytes);
  uint allowed = argument ? 1u : 0u;
  uint64_t at = root.args - 32ul;
  for (uint i = 0u; i < kronos_rangeCount && (allowed & mode) != mode; i++) {
    u64vec2 range = KronosRange(at).startAndEnd;
    bool inside = address >= range.x && address <= (range.y & KRONOS_ADDRESS_MASK) - uint64_t(sizeBytes);
    allowed |= inside ? uint(range.y >> 62) : 0u;
    at -= 16ul;
  }
  bool refused = (allowed & mode) != mode;
  bool first = refused && kronos_refusedCount == 0u;
  kronos_refusedMode = first ? mode : kronos_refusedMode;
  kronos_refusedBytes = first ? sizeBytes : kronos_refusedBytes;
  kronos_refusedAddress = first ? address : kronos_refusedAddress;
  kronos_refusedCount += refused ? 1u : 0u;
  uint64_t harmless = kronos_harmless + (mode == 1u ? 0ul : uint64_t(KRONOS_HARMLESS_BYTES));
  return refused ? harmless : address;
}

// Notes what the kernel touched that it may not.
void kronos_report() {
  // Keeps the function, which nothing else calls yet.
  kronos_checked(root.args, 0u, 1u);
  if (kronos_refusedCount == 0u || atomicAdd(kronos_errors.words[64], kronos_refusedCount) != 0u) {
    return;
  }
  kronos_errors.words[65] = kronos_refusedMode;
  kronos_errors.words[66] = kronos_refusedBytes;
  kronos_errors.words[68] = uint(root.args);
  kronos_errors.words[69] = uint(root.args >> 32);
  kronos_errors.words[70] = uint(kronos_refusedAddress);
  kronos_errors.words[71] = uint(kronos_refusedAddress >> 32);
}

#endif
