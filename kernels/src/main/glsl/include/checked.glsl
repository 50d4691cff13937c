// SPDX-License-Identifier: Apache-2.0
//
// The check of a checked build. The compiler puts this file in front of a kernel, whose main() it renames to
// kronos_main(), and then routes every access to global memory through the functions here. A kernel may touch its
// argument table and what its dispatch declared; the host writes both in front of the argument table:
//
//   root.args - 16 - 16 (i+1)   uint64 start of range i      uint64 end of range i, its mode in the top two bits
//   root.args - 16              uint count of the ranges     uint size of the argument table in bytes
//   root.args - 8               uint64 address of KRONOS_HARMLESS_BYTES of zeros, then as many to write to
//   root.args                   the argument table
//
// Modes are 1 to read, 2 to write, 3 to do both at once. Of each mode there are the largest ranges in which all may be
// done, so that what a kernel reaches from one address lies in one range; they come in the order of modes and starts. Ranges to read start and end at multiples of
// 8: strings and bits are read in whole words (string.glsl, types.glsl). An access that is not allowed reads zeros or
// writes where nobody looks, and the invocations that made one are counted in the error words; the first is noted there:
//
//   64 count   65 mode   66 size in bytes   68 low, 69 high half of root.args   70 low, 71 high half of the address
//
// Drivers inline these functions at each call. What is called at each access therefore has neither loops nor loads:
// the range that holds the access's origin, an address of the argument table mostly, is looked up once, and the ranges
// of all origins that are known at the start of the kernel in one loop.
#ifndef KRONOS_CHECKED_GLSL
#define KRONOS_CHECKED_GLSL

#include "abi.glsl"

const uint KRONOS_HARMLESS_BYTES = 1024u;
const uint64_t KRONOS_ADDRESS_MASK = 0x3FFFFFFFFFFFFFFFul;
const uint KRONOS_READ = 1u;

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer KronosRange {
  u64vec2 startAndEnd;
};

layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer KronosRangeHeader {
  uint count;
  uint argumentBytes;
  uint64_t harmless;
};

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer KronosWord {
  uint64_t value;
};

// Ranges here are the first address and the size.
uint kronos_rangeCount = KronosRangeHeader(root.args - 16ul).count;
u64vec2 kronos_argumentRange = u64vec2(root.args, uint64_t(KronosRangeHeader(root.args - 16ul).argumentBytes));
uint64_t kronos_harmless = KronosRangeHeader(root.args - 16ul).harmless;
uint kronos_refused = 0u;
uint64_t kronos_refusedAddress = 0ul;

// The kernel's own variables may read memory, too: the start comes before them.
uint kronos_checkBegin();
uint kronos_begun = kronos_checkBegin();

// Returns the address to use instead of `address`, which must lie in `range`; what = mode << 16 | size in bytes.
// Parameters are constant, so that they are passed by value.
uint64_t kronos_checkAccess(const uint64_t address, const u64vec2 range, const uint what) {
  uint64_t sizeBytes = uint64_t(what & 0xFFFFu);
  uint64_t at = address - range.x;
  bool allowed = at < range.y && sizeBytes <= range.y - at;
  bool noted = allowed || kronos_refused != 0u;
  kronos_refusedAddress = noted ? kronos_refusedAddress : address;
  kronos_refused = noted ? kronos_refused : what;
  uint64_t harmless = kronos_harmless + (what >> 16 == KRONOS_READ ? 0ul : uint64_t(KRONOS_HARMLESS_BYTES));
  return allowed ? address : harmless;
}

// Returns the address to read arguments from, of which the furthest that is read has a constant offset and a size.
uint64_t kronos_checkArguments(const uint offset, const uint sizeBytes) {
  uint64_t far = root.args + uint64_t(offset);
  return kronos_checkAccess(far, kronos_argumentRange, KRONOS_READ << 16 | sizeBytes) == far
      ? root.args
      : kronos_harmless;
}

// Returns an address that the argument table holds at a constant offset.
uint64_t kronos_checkArgument(const uint64_t safeArguments, const uint offset) {
  return KronosWord(safeArguments + uint64_t(offset)).value;
}

uint64_t kronos_checkStatus() {
  return root.status;
}

// Returns the range for reading by computed offsets from root.args.
u64vec2 kronos_checkArgumentRange() {
  return kronos_argumentRange;
}

// Returns `range` if an address lies in it and it is of the wanted mode, else what was found before.
u64vec2 kronos_checkMatch(const uint64_t address, const u64vec2 found, const u64vec2 range, const uint mode, const uint wanted) {
  return address - range.x < range.y && mode == wanted ? range : found;
}

// Replaced by the compiler: matches each origin that is known at the start with a range.
void kronos_checkOrigins(const u64vec2 range, const uint mode) {
  kronos_checkMatch(range.x, range, range, mode, mode);
}

// Finds the ranges of all origins that are known at the start.
void kronos_checkRanges() {
  uint64_t at = root.args - 32ul;
  for (uint i = 0u; i < kronos_rangeCount; i++) {
    u64vec2 range = KronosRange(at).startAndEnd;
    kronos_checkOrigins(u64vec2(range.x, (range.y & KRONOS_ADDRESS_MASK) - range.x), uint(range.y >> 62));
    at -= 16ul;
  }
}

// Finds the range of any other origin, empty if there is none: the last of the wanted mode that starts no later.
u64vec2 kronos_checkFind(const uint64_t address, const uint wanted) {
  u64vec2 found = kronos_checkMatch(address, u64vec2(0ul), kronos_argumentRange, KRONOS_READ, wanted);
  uint low = 0u;
  uint high = found.y == 0ul ? kronos_rangeCount : 0u;
  while (low < high) {
    uint middle = (low + high) / 2u;
    u64vec2 range = KronosRange(root.args - 32ul - 16ul * uint64_t(middle)).startAndEnd;
    u64vec2 sized = u64vec2(range.x, (range.y & KRONOS_ADDRESS_MASK) - range.x);
    uint mode = uint(range.y >> 62);
    bool after = mode > wanted || (mode == wanted && range.x > address);
    found = kronos_checkMatch(address, found, sized, mode, wanted);
    low = after ? low : middle + 1u;
    high = after ? middle : high;
  }
  return found;
}

// Its call is replaced by the compiler with what is done once. Keeps what nothing calls yet.
uint kronos_checkBegin() {
  u64vec2 range = kronos_checkArgumentRange();
  range += kronos_checkFind(kronos_checkStatus(), 1u);
  kronos_checkRanges();
  kronos_checkAccess(kronos_checkArgument(kronos_checkArguments(0u, 0u), 0u), range, 0u);
  return 0u;
}

// Called last by main(): notes what the kernel touched that it may not.
void kronos_report() {
  if (kronos_refused == 0u || atomicAdd(kronos_errors.words[64], 1u) != 0u) {
    return;
  }
  kronos_errors.words[65] = kronos_refused >> 16;
  kronos_errors.words[66] = kronos_refused & 0xFFFFu;
  kronos_errors.words[68] = uint(root.args);
  kronos_errors.words[69] = uint(root.args >> 32);
  kronos_errors.words[70] = uint(kronos_refusedAddress);
  kronos_errors.words[71] = uint(kronos_refusedAddress >> 32);
}

#endif
