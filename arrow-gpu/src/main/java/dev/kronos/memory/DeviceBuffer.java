// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Holds a range of device memory that came from {@link MemoryPools}.
 *
 * <p>Reference-counted: the allocator hands it out with one reference, {@link #retain} adds one,
 * {@link #close} drops one, and the last one gives the range back to its pool. Whoever submits work
 * that touches the buffer holds a reference until that work is done. Safe for use by many threads;
 * every accessor fails with {@link KronosException.Closed} once the last reference is gone.
 */
public final class DeviceBuffer implements AutoCloseable {
  /** Marks a buffer whose memory was taken away because its pools closed. */
  private static final int REVOKED = Integer.MIN_VALUE / 2;

  private static final AtomicIntegerFieldUpdater<DeviceBuffer> REFERENCES =
      AtomicIntegerFieldUpdater.newUpdater(DeviceBuffer.class, "references");

  private final Slab slab;
  private final long slabOffset;
  private final long sizeBytes;
  private final Pool pool;
  private final AllocationSite site;
  private volatile int references = 1;

  /** Who took the last reference by {@link #retainFor}; a hint, so not volatile. */
  private long lastHolder;

  /** Index of the block in its heap's free lists; -1 for an allocation of its own. */
  final int block;

  /** Neighbours in the heap's chain of live buffers; guarded by the heap's lock. */
  DeviceBuffer before;

  DeviceBuffer after;

  DeviceBuffer(Slab slab, Placement placement, Pool pool, AllocationSite site) {
    this.slab = slab;
    this.slabOffset = placement.slabOffset();
    this.sizeBytes = placement.sizeBytes();
    this.block = placement.block();
    this.pool = pool;
    this.site = site;
  }

  /** Says where in a slab a buffer lies. */
  record Placement(int block, long slabOffset, long sizeBytes) {}

  /** Returns the device address of the first byte; 64-byte aligned at least, never 0. */
  public long deviceAddress() {
    checkOpen();
    return slab.deviceAddress() + slabOffset;
  }

  /** Returns the length in bytes that was asked for; 0 or more. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Returns the logical pool that the buffer was asked from. */
  public Pool pool() {
    return pool;
  }

  /** Returns whether the host can read and write the buffer in place. */
  public boolean mapped() {
    checkOpen();
    return slab.hostAddress() != 0;
  }

  /**
   * Returns the host address of the first byte.
   *
   * @throws KronosException.Unsupported when the buffer is not mapped
   */
  public long hostAddress() {
    checkOpen();
    if (slab.hostAddress() == 0) {
      throw new KronosException.Unsupported(message("buffer is not mapped", "buffer", this));
    }
    return slab.hostAddress() + slabOffset;
  }

  /** Returns the source's handle of the slab that the buffer lies in, for copies and fills. */
  public Object handle() {
    checkOpen();
    return slab.allocation().handle();
  }

  /** Returns the offset in bytes of the buffer inside the slab of {@link #handle}. */
  public long slabOffset() {
    return slabOffset;
  }

  /**
   * Adds a reference.
   *
   * @return this buffer
   * @throws KronosException.Closed when the last reference is already gone
   */
  public DeviceBuffer retain() {
    int seen;
    do {
      seen = references;
      if (seen <= 0) {
        throw closed();
      }
    } while (!REFERENCES.compareAndSet(this, seen, seen + 1));
    return this;
  }

  /**
   * Adds a reference for a holder that may name the buffer over and over; see {@link #heldBy}.
   *
   * @param holder a number other than 0 that nobody else uses, and that is not used again once the
   *     reference is dropped
   * @return this buffer
   * @throws KronosException.Closed when the last reference is already gone
   */
  public DeviceBuffer retainFor(long holder) {
    retain();
    lastHolder = holder;
    return this;
  }

  /**
   * Returns whether a holder is known to have a reference. It may be forgotten, when another holder
   * came after it, and then takes a second one.
   */
  public boolean heldBy(long holder) {
    // Only the holder writes its number, after it has its reference: what is seen here is true.
    return lastHolder == holder;
  }

  /**
   * Drops a reference; the last one gives the memory back. Does nothing when the pools were closed
   * before and have reported this buffer as a leak.
   *
   * @throws KronosException.Closed when the last reference is already gone
   */
  @Override
  public void close() {
    int seen;
    do {
      seen = references;
      if (seen < 0) {
        return;
      }
      if (seen == 0) {
        throw closed();
      }
    } while (!REFERENCES.compareAndSet(this, seen, seen - 1));
    if (seen == 1) {
      slab.owner().release(this);
    }
  }

  /** Returns how many references are held now, 0 after close; for diagnosis only. */
  public int references() {
    return Math.max(references, 0);
  }

  /** Takes the memory away from whoever still holds the buffer. */
  void revoke() {
    references = REVOKED;
  }

  Slab slab() {
    return slab;
  }

  AllocationSite site() {
    return site;
  }

  @Override
  public String toString() {
    return "DeviceBuffer[pool="
        + pool
        + ", sizeBytes="
        + sizeBytes
        + ", address=0x"
        + Long.toHexString(slab.deviceAddress() + slabOffset)
        + ", references="
        + references()
        + "]";
  }

  private void checkOpen() {
    if (references <= 0) {
      throw closed();
    }
  }

  private KronosException.Closed closed() {
    return new KronosException.Closed(message("buffer used after close", "buffer", this));
  }
}
