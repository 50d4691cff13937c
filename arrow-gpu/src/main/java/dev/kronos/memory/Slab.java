// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/**
 * Holds one allocation of the source and what is known about it. A shared slab is cut into buffers
 * by its {@link Heap}; one of its own holds a single large buffer.
 */
final class Slab {
  static final int GRANULE_BITS = 6;

  /** Bytes in the unit in which slabs are cut up: Arrow's alignment. */
  static final int GRANULE_BYTES = 1 << GRANULE_BITS;

  private final Heap heap;
  private final Allocation allocation;
  private final long deviceAddress;
  private final long hostAddress;
  private final long sizeBytes;
  private final StartIndex starts;

  /** Number of the slab in its heap and index of its first block; -1 for a slab of its own. */
  int region = -1;

  int firstBlock = -1;

  /** The buffer in a slab of its own; null while it is idle and in shared slabs. */
  DeviceBuffer single;

  private Slab(Heap heap, Allocation allocation, long sizeBytes, boolean indexed) {
    this.heap = heap;
    this.allocation = allocation;
    this.deviceAddress = allocation.deviceAddress();
    this.hostAddress = allocation.hostAddress();
    this.sizeBytes = sizeBytes;
    this.starts = indexed ? new StartIndex(granules()) : null;
  }

  /** Wraps an allocation that many buffers will share. */
  static Slab shared(Heap heap, Allocation allocation, long sizeBytes) {
    return new Slab(heap, allocation, sizeBytes, allocation.hostAddress() != 0);
  }

  /** Wraps an allocation for one large buffer. */
  static Slab dedicated(Heap heap, Allocation allocation, long sizeBytes) {
    return new Slab(heap, allocation, sizeBytes, false);
  }

  Heap owner() {
    return heap;
  }

  Allocation allocation() {
    return allocation;
  }

  long deviceAddress() {
    return deviceAddress;
  }

  long hostAddress() {
    return hostAddress;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  int granules() {
    return (int) (sizeBytes >>> GRANULE_BITS);
  }

  boolean isDedicated() {
    return region < 0;
  }

  /** Notes where a buffer starts; the heap's lock is held. */
  void put(DeviceBuffer buffer) {
    if (isDedicated()) {
      single = buffer;
    } else if (starts != null) {
      starts.put((int) (buffer.slabOffset() >>> GRANULE_BITS), buffer);
    }
  }

  /** Forgets a buffer; the heap's lock is held. */
  void remove(DeviceBuffer buffer) {
    if (isDedicated()) {
      single = null;
    } else if (starts != null) {
      starts.remove((int) (buffer.slabOffset() >>> GRANULE_BITS));
    }
  }

  /** Returns the buffer that covers an offset, or null; the heap's lock is held. */
  DeviceBuffer at(long offset) {
    if (isDedicated()) {
      return single;
    }
    DeviceBuffer buffer = starts == null ? null : starts.floor((int) (offset >>> GRANULE_BITS));
    boolean inside =
        buffer != null && offset - buffer.slabOffset() < Math.max(buffer.sizeBytes(), 1);
    return inside ? buffer : null;
  }
}
