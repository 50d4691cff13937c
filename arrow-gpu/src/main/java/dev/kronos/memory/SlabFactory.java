// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes slabs from the source and gives them back, under a budget: bytes are reserved first, and
 * when they do not fit, idle slabs of all heaps go back to the device before it is tried again. The
 * caller serialises growth and shrinking.
 */
final class SlabFactory {
  private static final long ROUNDING_BYTES = 1L << 16;

  private final MemorySource source;
  private final MemoryBudget budget;
  private final List<Heap> heaps;
  private final HostIndex hostIndex = new HostIndex();
  private final AtomicLong allocations = new AtomicLong();
  private final AtomicLong releases = new AtomicLong();

  SlabFactory(MemorySource source, MemoryBudget budget, List<Heap> heaps) {
    this.source = source;
    this.budget = budget;
    this.heaps = heaps;
  }

  /** Returns the slab size for a heap: an eighth of a small heap, in multiples of 64 KiB. */
  static long slabBytes(long wantedBytes, long heapBytes) {
    long fitting = Math.min(wantedBytes, heapBytes / 8);
    return Math.max(ROUNDING_BYTES, fitting / ROUNDING_BYTES * ROUNDING_BYTES);
  }

  /**
   * Makes a new slab and a buffer in it.
   *
   * @throws KronosException.Exhausted when there is no room for it
   */
  DeviceBuffer allocate(Heap heap, Request request) {
    return request.sizeBytes() > heap.slabBytes()
        ? allocateDedicated(heap, request)
        : allocateShared(heap, request);
  }

  HostIndex hostIndex() {
    return hostIndex;
  }

  long allocations() {
    return allocations.get();
  }

  long releases() {
    return releases.get();
  }

  /** Gives every idle slab back to the device. */
  void trim() {
    heaps.forEach(heap -> heap.takeIdle().forEach(this::close));
  }

  /** Gives a slab back to the device. */
  void close(Slab slab) {
    if (slab.hostAddress() != 0) {
      hostIndex.remove(slab);
    }
    releases.incrementAndGet();
    try {
      slab.allocation().close();
    } finally {
      budget.release(slab.sizeBytes());
    }
  }

  private DeviceBuffer allocateDedicated(Heap heap, Request request) {
    long sizeBytes = roundUp(request.sizeBytes());
    Slab slab = Slab.dedicated(heap, reserveAndAllocate(heap, sizeBytes), sizeBytes);
    publish(slab);
    return heap.addDedicated(slab, request);
  }

  /** Tries the usual slab size, then smaller ones: near the budget a small slab may still fit. */
  private DeviceBuffer allocateShared(Heap heap, Request request) {
    long leastBytes = roundUp(request.sizeBytes());
    long sizeBytes = heap.slabBytes();
    while (true) {
      try {
        Slab slab = Slab.shared(heap, reserveAndAllocate(heap, sizeBytes), sizeBytes);
        publish(slab);
        return heap.addShared(slab, request);
      } catch (KronosException.Exhausted e) {
        if (sizeBytes <= leastBytes) {
          throw e;
        }
        sizeBytes = Math.max(leastBytes, roundUp(sizeBytes / 2));
      }
    }
  }

  private void publish(Slab slab) {
    allocations.incrementAndGet();
    if (slab.hostAddress() != 0) {
      hostIndex.add(slab);
    }
  }

  /** Tries again once after giving idle slabs back: a driver may tell no budget, or a wrong one. */
  private Allocation reserveAndAllocate(Heap heap, long sizeBytes) {
    reserve(heap, sizeBytes);
    try {
      return allocateReserved(heap, sizeBytes);
    } catch (KronosException.Exhausted e) {
      trim();
      reserve(heap, sizeBytes);
      return allocateReserved(heap, sizeBytes);
    }
  }

  private Allocation allocateReserved(Heap heap, long sizeBytes) {
    boolean done = false;
    try {
      Allocation allocation = source.allocate(heap.pool(), sizeBytes);
      done = true;
      return allocation;
    } finally {
      if (!done) {
        budget.release(sizeBytes);
      }
    }
  }

  private void reserve(Heap heap, long sizeBytes) {
    if (fits(heap, sizeBytes)) {
      return;
    }
    trim();
    if (!fits(heap, sizeBytes)) {
      throw new KronosException.Exhausted(
          message(
              "out of device memory",
              "pool",
              heap.pool(),
              "askedBytes",
              sizeBytes,
              "reservedBytes",
              budget.reservedBytes(),
              "limitBytes",
              budget.limitBytes(),
              "driverBudgetBytes",
              source.budgetBytes(heap.pool())));
    }
  }

  private boolean fits(Heap heap, long sizeBytes) {
    return sizeBytes <= source.budgetBytes(heap.pool()) && budget.tryReserve(sizeBytes);
  }

  private static long roundUp(long sizeBytes) {
    return Math.max(ROUNDING_BYTES, (sizeBytes + ROUNDING_BYTES - 1) & -ROUNDING_BYTES);
  }
}
