// SPDX-License-Identifier: Apache-2.0
//
// Claims slots where keys are integers of a small range: each integer has a slot of its own.

uint k_slotOf(Keys key, uint row) {
  uint slot = uint(key.w0 - k_args.denseBase);
  if (atomicCompSwap(BufferU32(k_args.claims).v[slot], 0u, row + 1u) != 0u) {
    k_rivals++;
  }
  return slot;
}
