// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.KronosOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/**
 * Lends device memory in three logical pools. Memory is taken from the device in slabs and cut up
 * by a constant-time allocator; buffers above the slab size get an allocation of their own, which
 * is kept for reuse. In steady state nothing is asked from the device.
 *
 * <p>Thread-safe. Owns every slab; {@link #close} gives them back and fails when buffers are still
 * held.
 */
public final class MemoryPools implements AutoCloseable {
  private static final int LEAKS_LISTED = 20;
  private static final int POISON_WORD = 0xCBCBCBCB;

  /** Times that an allocation waits for work in flight while other threads take what it frees. */
  private static final int MAX_RECLAIMS = 100;

  /** Longest buffer: 16 TiB, far above any device and far below overflow. */
  private static final long MAX_BUFFER_BYTES = 1L << 44;

  private final Map<Pool, Heap> heaps = new EnumMap<>(Pool.class);
  private final List<Heap> distinctHeaps;
  private final MemorySource source;
  private final MemoryBudget budget;
  private final MemoryBudget deviceBytes;
  private final TaskShare taskShare;
  private final SlabFactory slabs;
  private final boolean unified;
  private final boolean poison;
  private final boolean leakStacks;

  /** Serialises growth and shrinking; taken before the lock of a heap, never after. */
  private final Object growth = new Object();

  private final LongAdder hostCopied = new LongAdder();

  private volatile BooleanSupplier reclaimer = () -> false;
  private volatile LongPredicate spiller = sizeBytes -> false;
  private final FailureInjection injection = new FailureInjection();
  private volatile boolean closed;

  /**
   * Creates empty pools.
   *
   * @param source where memory comes from; outlives the pools; not owned
   * @param options slab size, bound, poison and leak stacks
   */
  public MemoryPools(MemorySource source, KronosOptions options) {
    this.source = Objects.requireNonNull(source, "source");
    unified = source.unified();
    poison = options.poison();
    leakStacks = options.leakStacks();
    deviceBytes = new MemoryBudget(options.deviceBudgetBytes());
    taskShare = new TaskShare(deviceBytes, options.taskBytes());
    for (Pool pool : Pool.values()) {
      heaps.put(pool, unified && pool != Pool.DEVICE ? heap(Pool.DEVICE) : newHeap(pool, options));
    }
    distinctHeaps = heaps.values().stream().distinct().toList();
    budget = new MemoryBudget(options.memoryLimitBytes());
    slabs = new SlabFactory(source, budget, distinctHeaps);
  }

  /**
   * Sets how memory is got back that work in flight still holds: the function waits for the work in
   * flight and releases what it held, and returns whether there was any. It is called on the
   * allocating thread, with no lock of the pools held, as the last resort of an allocation.
   */
  public void reclaimWith(BooleanSupplier reclaim) {
    reclaimer = Objects.requireNonNull(reclaim, "reclaim");
  }

  /**
   * Sets how memory is got back that nobody uses just now: the function is given how many bytes are
   * wanted, moves what it can elsewhere, and returns whether it moved anything. It is called on the
   * allocating thread, with no lock of the pools held, when waiting for work in flight did not
   * help; it may allocate itself, and returns false when it is called by what it allocates.
   */
  public void spillWith(LongPredicate spill) {
    spiller = Objects.requireNonNull(spill, "spill");
  }

  /**
   * Changes the bound of the device pool; buffers above it stay until they are closed.
   *
   * @param bytes the bound in bytes, 0 or more
   */
  public void limitDevice(long bytes) {
    deviceBytes.limit(bytes);
  }

  /** Returns the bound of the device pool in bytes; {@link Long#MAX_VALUE} without one. */
  public long deviceBudgetBytes() {
    return deviceBytes.limitBytes();
  }

  /** Returns what says how much of that bound one task may count on. */
  public TaskShare taskShare() {
    return taskShare;
  }

  /** Returns how many bytes buffers of the device pool hold now. */
  public long deviceBytes() {
    return deviceBytes.reservedBytes();
  }

  /** Returns the most bytes that buffers of the device pool held at once. */
  public long peakDeviceBytes() {
    return deviceBytes.peakBytes();
  }

  /** Returns what makes allocations fail on purpose, for tests. */
  public FailureInjection injection() {
    return injection;
  }

  /**
   * Allocates a buffer whose start is 256-byte aligned.
   *
   * <p>Takes what is free, else a new slab, else a new slab after idle ones are given back, else a
   * smaller slab. When there is no room for that either, or the budget of the device pool is used
   * up, waits for the work in flight, which releases its buffers, and tries all of it again; then
   * has moved elsewhere what nobody uses, for as long as that frees anything. Work that is recorded
   * and not submitted is not waited for.
   *
   * @param pool which memory; on unified memory every pool gives mapped memory
   * @param sizeBytes length in bytes, 0 or more
   * @return the buffer, with one reference that the caller closes; its contents are undefined
   * @throws KronosException.InvalidArgument when the size is negative or absurd
   * @throws KronosException.Exhausted when neither budget nor device has room for it
   * @throws KronosException.Closed when the pools are closed
   */
  public DeviceBuffer allocate(Pool pool, long sizeBytes) {
    return allocate(pool, sizeBytes, Alignment.DEVICE);
  }

  /** Allocates as {@link #allocate(Pool, long)} does, with an alignment of the caller's. */
  public DeviceBuffer allocate(Pool pool, long sizeBytes, Alignment alignment) {
    if (sizeBytes < 0 || sizeBytes > MAX_BUFFER_BYTES) {
      throw new KronosException.InvalidArgument(
          message("wrong buffer size", "sizeBytes", sizeBytes, "maximum", MAX_BUFFER_BYTES));
    }
    AllocationSite site = leakStacks ? new AllocationSite() : null;
    Request request = new Request(pool, sizeBytes, alignment, site);
    Heap heap = heap(pool);
    checkOpen();
    injection.next(request);
    DeviceBuffer buffer = takeWithin(heap, request, Heap::tryAllocate);
    if (buffer == null) {
      buffer = growOrReclaim(heap, request);
    }
    if (poison) {
      poison(buffer);
    }
    return buffer;
  }

  /** Returns whether a buffer, open or closed, came from these pools. */
  public boolean owns(DeviceBuffer buffer) {
    Heap owner = buffer.slab().owner();
    // By index: this is asked for each buffer of each piece of work, where an iterator is garbage.
    for (int i = 0; i < distinctHeaps.size(); i++) {
      if (distinctHeaps.get(i) == owner) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether all pools are the same memory. */
  public boolean unified() {
    return unified;
  }

  /** Returns how many buffers are held now. */
  public long outstandingBuffers() {
    return distinctHeaps.stream().mapToLong(Heap::liveBuffers).sum();
  }

  /** Returns how many bytes the buffers held now were asked to have. */
  public long outstandingBytes() {
    return distinctHeaps.stream().mapToLong(Heap::liveBytes).sum();
  }

  /**
   * Returns how many bytes could be taken from the device for a pool on top of what is reserved:
   * the smaller of the driver's budget and what the memory limit leaves.
   *
   * @throws KronosException.Closed when the pools are closed
   */
  public long availableBytes(Pool pool) {
    checkOpen();
    return Math.min(
        source.budgetBytes(heap(pool).pool()), budget.limitBytes() - budget.reservedBytes());
  }

  /** Returns the counters as of now. */
  public MemoryCounters counters() {
    return new MemoryCounters(
        slabs.allocations(),
        slabs.releases(),
        budget.reservedBytes(),
        budget.peakBytes(),
        outstandingBuffers(),
        outstandingBytes(),
        distinctHeaps.stream().mapToLong(Heap::grantedBytes).sum(),
        hostCopied.sum());
  }

  /** Counts bytes that the host copied into the pools; see {@link MemoryCounters}. */
  public void countHostCopy(long sizeBytes) {
    hostCopied.add(sizeBytes);
  }

  /**
   * Finds the buffer that a mapped host address lies in, such as the address of an Arrow buffer, in
   * time logarithmic in the number of slabs.
   *
   * @param hostAddress any address
   * @return the buffer, or null when the address is not inside a live buffer of these pools; no
   *     reference is added, so the caller must hold one to what lies at the address
   */
  public DeviceBuffer bufferAt(long hostAddress) {
    Slab slab = slabs.hostIndex().find(hostAddress);
    return slab == null ? null : slab.owner().at(slab, hostAddress - slab.hostAddress());
  }

  /** Gives memory that holds no buffer back to the device. */
  public void trim() {
    synchronized (growth) {
      slabs.trim();
    }
  }

  /** Returns one line for each buffer held now, at most {@value #LEAKS_LISTED}. */
  public List<String> outstanding() {
    List<String> lines = new ArrayList<>();
    for (Heap heap : distinctHeaps) {
      for (DeviceBuffer buffer : heap.live(LEAKS_LISTED - lines.size())) {
        lines.add(buffer + (buffer.site() == null ? "" : buffer.site().describe()));
      }
    }
    return lines;
  }

  /**
   * Gives all memory back to the device. The caller guarantees that no work is in flight.
   * Idempotent.
   *
   * @throws KronosException.Leak when buffers were still held; they are listed, their memory is
   *     gone and using them fails
   */
  @Override
  public void close() {
    synchronized (growth) {
      if (closed) {
        return;
      }
      closed = true;
      long leakedBuffers = outstandingBuffers();
      long leakedBytes = outstandingBytes();
      List<String> leaks = outstanding();
      distinctHeaps.forEach(heap -> heap.takeAll().forEach(slabs::close));
      if (leakedBuffers > 0) {
        throw new KronosException.Leak(
            message("device memory leaked", "buffers", leakedBuffers, "bytes", leakedBytes)
                + "\n  "
                + String.join("\n  ", leaks));
      }
    }
  }

  /**
   * Gives back the memory that no buffer lies in and leaves the rest for ever, for the end of the
   * process. The caller guarantees that no work is in flight. Closing afterwards does nothing.
   */
  public void abandon() {
    synchronized (growth) {
      closed = true;
      slabs.trim();
    }
  }

  private DeviceBuffer growOrReclaim(Heap heap, Request request) {
    for (int reclaims = 0; ; reclaims++) {
      long released = releasedBuffers();
      try {
        return reserveAndGrow(heap, request);
      } catch (KronosException.Exhausted e) {
        if (!fitsAtAll(request) || reclaims >= MAX_RECLAIMS) {
          throw e;
        }
        // Other threads release too, and take what this one has waited for.
        boolean freed = reclaimer.getAsBoolean() || releasedBuffers() != released;
        if (!freed && !spiller.test(request.sizeBytes())) {
          throw e;
        }
      }
    }
  }

  private boolean fitsAtAll(Request request) {
    return request.sizeBytes() <= budget.limitBytes()
        && (request.pool() != Pool.DEVICE || request.sizeBytes() <= deviceBytes.limitBytes());
  }

  private long releasedBuffers() {
    return distinctHeaps.stream().mapToLong(Heap::releasedBuffers).sum();
  }

  private DeviceBuffer reserveAndGrow(Heap heap, Request request) {
    DeviceBuffer buffer = takeWithin(heap, request, this::grow);
    if (buffer == null) {
      throw deviceBytes.usedUp(request.sizeBytes());
    }
    return buffer;
  }

  /** Takes memory within the budget of the device pool; returns null when there is none. */
  private DeviceBuffer takeWithin(Heap heap, Request request, Taking taking) {
    boolean counted = request.pool() == Pool.DEVICE;
    if (counted && !deviceBytes.tryReserve(request.sizeBytes())) {
      return null;
    }
    DeviceBuffer buffer = null;
    try {
      buffer = taking.take(heap, request);
      return buffer;
    } finally {
      if (counted && buffer == null) {
        deviceBytes.release(request.sizeBytes());
      }
    }
  }

  /** Is a way to take memory. */
  @FunctionalInterface
  private interface Taking {
    DeviceBuffer take(Heap heap, Request request);
  }

  private DeviceBuffer grow(Heap heap, Request request) {
    synchronized (growth) {
      checkOpen();
      DeviceBuffer buffer = heap.tryAllocate(request);
      return buffer == null ? slabs.allocate(heap, request) : buffer;
    }
  }

  private void poison(DeviceBuffer buffer) {
    Slab slab = buffer.slab();
    long paddedBytes = (buffer.sizeBytes() + 3) & ~3L;
    if (paddedBytes == 0) {
      return;
    }
    if (slab.hostAddress() == 0) {
      source.poison(slab.allocation(), buffer.slabOffset(), paddedBytes, POISON_WORD);
    } else {
      HostMemory.fill(buffer.hostAddress(), paddedBytes, (byte) POISON_WORD);
    }
  }

  private Heap heap(Pool pool) {
    return heaps.get(Objects.requireNonNull(pool, "pool"));
  }

  private Heap newHeap(Pool pool, KronosOptions options) {
    long slabBytes = SlabFactory.slabBytes(options.slabBytes(), source.heapBytes(pool));
    return new Heap(pool, slabBytes, deviceBytes);
  }

  private void checkOpen() {
    if (closed) {
      throw new KronosException.Closed(message("memory pools used after close", "pools", this));
    }
  }

  @Override
  public String toString() {
    return "MemoryPools[unified=" + unified + ", " + counters() + "]";
  }
}
