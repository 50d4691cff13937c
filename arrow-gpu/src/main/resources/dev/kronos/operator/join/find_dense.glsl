// SPDX-License-Identifier: Apache-2.0
//
// Finds the slot of a key where keys are integers of a small range.

uint k_find(Keys key) {
  uint64_t place = key.w0 - k_args.denseBase;
  if (place >= k_args.capacity) {
    return K_NONE;
  }
  return BufferU32(k_args.claims).v[uint(place)] == 0u ? K_NONE : uint(place);
}
