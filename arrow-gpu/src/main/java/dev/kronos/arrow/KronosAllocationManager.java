// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import dev.kronos.KronosException;
import dev.kronos.memory.Alignment;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/**
 * Backs an Arrow buffer with a mapped buffer of a memory pool, so that what Arrow writes is memory
 * that the device reads. Owns one reference to the pool buffer, dropped when Arrow's last reference
 * is gone.
 */
class KronosAllocationManager extends AllocationManager {
  private final DeviceBuffer buffer;

  /**
   * Allocates the memory.
   *
   * @param accountingAllocator Arrow's allocator that the bytes are counted against
   * @param memory where the buffer comes from
   * @param sizeBytes its length
   * @throws OutOfMemoryException when the pool has no room, as Arrow documents it
   */
  KronosAllocationManager(BufferAllocator accountingAllocator, MappedPool memory, long sizeBytes) {
    super(accountingAllocator);
    try {
      buffer = memory.pools().allocate(memory.pool(), sizeBytes, Alignment.ARROW);
    } catch (KronosException.Exhausted e) {
      throw new OutOfMemoryException(e.getMessage(), e);
    }
  }

  /**
   * Names a pool whose memory the host can see.
   *
   * @param pools the pools
   * @param pool which of them
   */
  record MappedPool(MemoryPools pools, Pool pool) {}

  @Override
  public long getSize() {
    return buffer.sizeBytes();
  }

  @Override
  protected long memoryAddress() {
    return buffer.hostAddress();
  }

  @Override
  protected void release0() {
    buffer.close();
  }
}
