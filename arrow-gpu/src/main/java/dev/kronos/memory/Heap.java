// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the slabs of one kind of memory into buffers. On unified memory there is one heap for all
 * pools. Thread-safe; never calls the source, so that its lock is held for short times only.
 */
final class Heap {
  /**
   * An idle slab of its own serves a request that uses at least 8/9 of it: 12.5 % waste at most.
   */
  private static final int REUSE_WASTE_DIVISOR = 8;

  private final Pool pool;
  private final long slabBytes;
  private final MemoryBudget deviceBytes;
  private final FreeLists lists = new FreeLists();
  private final List<Slab> shared = new ArrayList<>();
  private final List<Slab> dedicated = new ArrayList<>();
  private final List<Slab> idle = new ArrayList<>();
  private DeviceBuffer live;
  private long liveBuffers;
  private long liveBytes;
  private long releasedBuffers;
  private long grantedBytes;
  private boolean closed;

  /**
   * Creates an empty heap.
   *
   * @param pool the pool to ask the source for
   * @param slabBytes size of its shared slabs, a multiple of 64 KiB
   * @param deviceBytes gets back what buffers of the device pool had reserved
   */
  Heap(Pool pool, long slabBytes, MemoryBudget deviceBytes) {
    this.pool = pool;
    this.slabBytes = slabBytes;
    this.deviceBytes = deviceBytes;
  }

  Pool pool() {
    return pool;
  }

  long slabBytes() {
    return slabBytes;
  }

  /** Returns a buffer from memory that is already here, or null when there is no room. */
  synchronized DeviceBuffer tryAllocate(Request request) {
    if (closed) {
      throw new KronosException.Closed(message("memory pool used after close", "pool", pool));
    }
    return request.sizeBytes() > slabBytes ? reuseIdle(request) : allocateShared(request);
  }

  /** Takes over a slab and returns a buffer in it. */
  synchronized DeviceBuffer addShared(Slab slab, Request request) {
    slab.region = freeRegion();
    shared.set(slab.region, slab);
    slab.firstBlock = lists.addRegion(slab.region, slab.granules());
    return allocateShared(request);
  }

  /** Takes over a slab of its own and returns the buffer that fills it. */
  synchronized DeviceBuffer addDedicated(Slab slab, Request request) {
    dedicated.add(slab);
    return lend(slab, new DeviceBuffer.Placement(-1, 0, request.sizeBytes()), request);
  }

  /** Takes back the memory of a buffer whose last reference is gone. */
  synchronized void release(DeviceBuffer buffer) {
    if (closed) {
      return;
    }
    Slab slab = buffer.slab();
    slab.remove(buffer);
    unchain(buffer);
    liveBuffers--;
    releasedBuffers++;
    liveBytes -= buffer.sizeBytes();
    grantedBytes -= grantedBytes(buffer);
    if (buffer.pool() == Pool.DEVICE) {
      deviceBytes.release(buffer.sizeBytes());
    }
    if (slab.isDedicated()) {
      idle.add(slab);
    } else {
      lists.free(buffer.block);
    }
  }

  /** Takes out the slabs that hold no buffer; the caller closes them. */
  synchronized List<Slab> takeIdle() {
    List<Slab> taken = new ArrayList<>(idle);
    dedicated.removeAll(idle);
    idle.clear();
    for (Slab slab : shared) {
      if (slab != null && lists.isRegionFree(slab.firstBlock)) {
        lists.removeRegion(slab.firstBlock);
        shared.set(slab.region, null);
        taken.add(slab);
      }
    }
    return taken;
  }

  /** Takes out every slab and revokes the buffers that still live; the caller closes the slabs. */
  synchronized List<Slab> takeAll() {
    closed = true;
    for (DeviceBuffer buffer = live; buffer != null; buffer = buffer.after) {
      buffer.revoke();
    }
    List<Slab> taken = new ArrayList<>(dedicated);
    shared.stream().filter(slab -> slab != null).forEach(taken::add);
    dedicated.clear();
    shared.clear();
    idle.clear();
    return taken;
  }

  /** Returns the buffer that covers an offset of a slab of this heap, or null. */
  synchronized DeviceBuffer at(Slab slab, long offset) {
    return slab.at(offset);
  }

  /** Returns up to a number of live buffers, the youngest first. */
  synchronized List<DeviceBuffer> live(int limit) {
    List<DeviceBuffer> found = new ArrayList<>();
    for (DeviceBuffer buffer = live; buffer != null && found.size() < limit; ) {
      found.add(buffer);
      buffer = buffer.after;
    }
    return found;
  }

  synchronized long liveBuffers() {
    return liveBuffers;
  }

  /** Returns how many buffers were given back since start. */
  synchronized long releasedBuffers() {
    return releasedBuffers;
  }

  synchronized long liveBytes() {
    return liveBytes;
  }

  synchronized long grantedBytes() {
    return grantedBytes;
  }

  private DeviceBuffer allocateShared(Request request) {
    int block = lists.allocate(request.granules(), request.alignmentGranules());
    if (block == FreeLists.NONE) {
      return null;
    }
    long offset = (long) lists.offset(block) << Slab.GRANULE_BITS;
    Slab slab = shared.get(lists.region(block));
    return lend(slab, new DeviceBuffer.Placement(block, offset, request.sizeBytes()), request);
  }

  private DeviceBuffer reuseIdle(Request request) {
    long largest = request.sizeBytes() + request.sizeBytes() / REUSE_WASTE_DIVISOR;
    for (int i = 0; i < idle.size(); i++) {
      Slab slab = idle.get(i);
      if (slab.sizeBytes() >= request.sizeBytes() && slab.sizeBytes() <= largest) {
        idle.remove(i);
        return lend(slab, new DeviceBuffer.Placement(-1, 0, request.sizeBytes()), request);
      }
    }
    return null;
  }

  private DeviceBuffer lend(Slab slab, DeviceBuffer.Placement placement, Request request) {
    DeviceBuffer buffer = new DeviceBuffer(slab, placement, request.pool(), request.site());
    slab.put(buffer);
    buffer.after = live;
    if (live != null) {
      live.before = buffer;
    }
    live = buffer;
    liveBuffers++;
    liveBytes += buffer.sizeBytes();
    grantedBytes += grantedBytes(buffer);
    return buffer;
  }

  private void unchain(DeviceBuffer buffer) {
    if (buffer.before == null) {
      live = buffer.after;
    } else {
      buffer.before.after = buffer.after;
    }
    if (buffer.after != null) {
      buffer.after.before = buffer.before;
    }
    buffer.before = null;
    buffer.after = null;
  }

  private long grantedBytes(DeviceBuffer buffer) {
    return buffer.block < 0
        ? buffer.slab().sizeBytes()
        : (long) lists.granules(buffer.block) << Slab.GRANULE_BITS;
  }

  private int freeRegion() {
    int region = shared.indexOf(null);
    if (region < 0) {
      region = shared.size();
      shared.add(null);
    }
    return region;
  }
}
