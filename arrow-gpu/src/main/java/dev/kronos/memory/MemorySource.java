// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/**
 * Supplies raw device memory to {@link MemoryPools}. Calls are rare (one a slab) and may come from
 * any thread.
 */
public interface MemorySource {
  /**
   * Allocates memory for a pool.
   *
   * @param pool the logical pool; resolved to a memory type by the source
   * @param sizeBytes length in bytes, positive, a multiple of 256
   * @return memory that the caller owns and closes
   * @throws dev.kronos.KronosException.Exhausted when the device or the host has no room for it
   */
  Allocation allocate(Pool pool, long sizeBytes);

  /** Returns whether all pools resolve to the same memory, so that they collapse into one. */
  boolean unified();

  /** Returns the total size in bytes of the heap behind a pool; positive. */
  long heapBytes(Pool pool);

  /**
   * Returns how many bytes may still be allocated from the heap behind a pool right now (the
   * driver's budget less its usage where the driver tells, an estimate otherwise); 0 or more.
   */
  long budgetBytes(Pool pool);

  /**
   * Overwrites freshly allocated memory that the host cannot see, for the poison option. Mapped
   * memory is poisoned by the pools themselves.
   *
   * @param allocation memory that this source allocated and whose {@code hostAddress()} is 0
   * @param offset first byte, a multiple of 4
   * @param sizeBytes length in bytes, a multiple of 4
   * @param word the 32-bit pattern
   */
  default void poison(Allocation allocation, long offset, long sizeBytes, int word) {}
}
