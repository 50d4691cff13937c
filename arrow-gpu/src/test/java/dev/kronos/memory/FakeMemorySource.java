// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import dev.kronos.KronosException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Supplies real host memory in place of a device's. {@link #liveAllocations} shows whether all of
 * it was given back.
 */
public final class FakeMemorySource implements MemorySource {
  /** Device addresses differ from host addresses by this, so that mixing them up shows. */
  public static final long DEVICE_ADDRESS_OFFSET = 1L << 56;

  private static final long PAGE_BYTES = 4096;
  private static final AtomicLong NEXT_FAKE = new AtomicLong(1L << 50);

  private final boolean unified;
  private final long heapBytes;
  private final Set<Fake> live = ConcurrentHashMap.newKeySet();
  private final AtomicLong usedBytes = new AtomicLong();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger poisonings = new AtomicInteger();

  private FakeMemorySource(boolean unified, long heapBytes) {
    this.unified = unified;
    this.heapBytes = heapBytes;
  }

  /** Returns a source whose pools are one memory of this size. */
  public static FakeMemorySource unified(long heapBytes) {
    return new FakeMemorySource(true, heapBytes);
  }

  /** Returns a source whose DEVICE pool is not mapped. */
  public static FakeMemorySource discrete(long heapBytes) {
    return new FakeMemorySource(false, heapBytes);
  }

  /** Makes the next allocations fail as a device does that has no room. */
  public void failNext(int times) {
    failures.set(times);
  }

  /** Returns how many allocations are open. */
  public int liveAllocations() {
    return live.size();
  }

  /** Returns how often memory that is not mapped was poisoned. */
  public int poisonings() {
    return poisonings.get();
  }

  @Override
  public Allocation allocate(Pool pool, long sizeBytes) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0 || sizeBytes > budgetBytes(pool)) {
      throw new KronosException.Exhausted("fake device is full: sizeBytes=" + sizeBytes);
    }
    boolean mapped = unified || pool != Pool.DEVICE;
    Fake fake = new Fake(sizeBytes, mapped);
    live.add(fake);
    usedBytes.addAndGet(sizeBytes);
    return fake;
  }

  @Override
  public boolean unified() {
    return unified;
  }

  @Override
  public long heapBytes(Pool pool) {
    return heapBytes;
  }

  @Override
  public long budgetBytes(Pool pool) {
    return heapBytes - usedBytes.get();
  }

  @Override
  public void poison(Allocation allocation, long offset, long sizeBytes, int word) {
    poisonings.incrementAndGet();
  }

  private final class Fake implements Allocation {
    private final long sizeBytes;
    private final boolean mapped;
    private final long memory;
    private final long address;

    Fake(long sizeBytes, boolean mapped) {
      this.sizeBytes = sizeBytes;
      this.mapped = mapped;
      memory = mapped ? Native.allocate(sizeBytes + PAGE_BYTES) : 0;
      address =
          mapped
              ? (memory + PAGE_BYTES - 1) & -PAGE_BYTES
              : NEXT_FAKE.getAndAdd(sizeBytes + PAGE_BYTES);
    }

    @Override
    public long deviceAddress() {
      return address + DEVICE_ADDRESS_OFFSET;
    }

    @Override
    public long hostAddress() {
      return mapped ? address : 0;
    }

    @Override
    public long sizeBytes() {
      return sizeBytes;
    }

    @Override
    public Object handle() {
      return this;
    }

    @Override
    public void close() {
      if (!live.remove(this)) {
        throw new IllegalStateException("allocation closed twice");
      }
      usedBytes.addAndGet(-sizeBytes);
      if (mapped) {
        Native.free(memory);
      }
    }
  }

  /** Reaches the allocator of the process; the operating system touches its pages lazily. */
  private static final class Native {
    private static final Object UNSAFE;
    private static final Method ALLOCATE;
    private static final Method FREE;

    static {
      try {
        Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        field.setAccessible(true);
        UNSAFE = field.get(null);
        ALLOCATE = UNSAFE.getClass().getMethod("allocateMemory", long.class);
        FREE = UNSAFE.getClass().getMethod("freeMemory", long.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    static long allocate(long sizeBytes) {
      return (long) call(ALLOCATE, sizeBytes);
    }

    static void free(long address) {
      call(FREE, address);
    }

    private static Object call(Method method, long argument) {
      try {
        return method.invoke(UNSAFE, argument);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
