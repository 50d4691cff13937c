// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.arrow.KronosAllocationManager.MappedPool;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.RootAllocator;

/**
 * Makes Arrow allocators whose buffers lie in the mapped memory of a pool. Works with Arrow 18.1 to
 * 19.0. Thread-safe.
 */
public final class KronosAllocatorFactory implements AllocationManager.Factory {
  private static final long ALIGNMENT_BYTES = 64;

  private final MappedPool memory;

  private KronosAllocatorFactory(MappedPool memory) {
    this.memory = memory;
  }

  /**
   * Makes a root allocator. The caller closes it before the pools; its close fails when an Arrow
   * buffer or a child allocator is still open.
   *
   * @param pools where memory comes from
   * @param pool UPLOAD for buffers that the host writes, READBACK for buffers that the device
   *     writes; DEVICE only on unified memory
   * @param limitBytes the most that may be allocated at once, positive
   * @return the allocator
   * @throws KronosException.InvalidArgument when the pool is not mapped or the limit not positive
   */
  public static BufferAllocator newRootAllocator(MemoryPools pools, Pool pool, long limitBytes) {
    if (pool == Pool.DEVICE && !pools.unified()) {
      throw new KronosException.InvalidArgument(
          message("Arrow memory must be mapped", "pool", pool, "allowed", "UPLOAD, READBACK"));
    }
    if (limitBytes <= 0) {
      throw new KronosException.InvalidArgument(
          message("wrong allocator limit", "limitBytes", limitBytes, "allowed", "1 or more"));
    }
    // In one expression: the type of the configuration is not accessible outside its package.
    return new RootAllocator(
        RootAllocator.configBuilder()
            .allocationManagerFactory(new KronosAllocatorFactory(new MappedPool(pools, pool)))
            // The default rounds to powers of two and wastes up to half.
            .roundingPolicy(KronosAllocatorFactory::roundUp)
            .maxAllocation(limitBytes)
            .build());
  }

  @Override
  public AllocationManager create(BufferAllocator accountingAllocator, long sizeBytes) {
    return new KronosAllocationManager(accountingAllocator, memory, sizeBytes);
  }

  @Override
  public ArrowBuf empty() {
    return new ArrowBuf(ReferenceManager.NO_OP, null, 0, 0);
  }

  static long roundUp(long sizeBytes) {
    return (sizeBytes + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
  }
}
