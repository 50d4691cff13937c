// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/**
 * Says what a caller asked for.
 *
 * @param pool the logical pool
 * @param sizeBytes length in bytes, 0 or more
 * @param alignment what the start must divide by
 * @param site the stack of the request, or null when stacks are not kept
 */
record Request(Pool pool, long sizeBytes, Alignment alignment, AllocationSite site) {
  /**
   * Returns the length in granules; one at least, so that each buffer has an address of its own.
   */
  int granules() {
    return (int) Math.max(1, (sizeBytes + Slab.GRANULE_BYTES - 1) >>> Slab.GRANULE_BITS);
  }

  /** Returns the alignment in granules. */
  int alignmentGranules() {
    return alignment.bytes() >>> Slab.GRANULE_BITS;
  }
}
