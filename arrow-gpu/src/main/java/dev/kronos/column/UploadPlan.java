// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Decides where each host buffer of one batch goes: {@link #add} all parts, {@link #reserve} the
 * memory, {@link #place} each part, {@link #handOver} when the batch is complete. Closing drops the
 * references that were not handed over.
 */
final class UploadPlan implements AutoCloseable {
  private static final long PART_ALIGNMENT = 64;

  private final MemoryPools memory;
  private final Stream stream;
  private final Map<HostBuffer, DeviceBuffer> inPool = new IdentityHashMap<>();
  private final List<BufferSlice> placed = new ArrayList<>();
  private DeviceBuffer staging;
  private DeviceBuffer target;
  private long stagingBytes;
  private long targetBytes;
  private long stagingUsed;
  private long targetUsed;
  private boolean handedOver;

  UploadPlan(MemoryPools memory, Stream stream) {
    this.memory = memory;
    this.stream = stream;
  }

  /** Takes in a part, if there is one, whose kernels want addresses of an alignment in bytes. */
  void add(HostBuffer part, int alignment) {
    if (part == null || part.sizeBytes() == 0) {
      return;
    }
    DeviceBuffer owner = poolBuffer(part, alignment);
    if (owner == null) {
      stagingBytes += padded(part);
    } else {
      inPool.put(part, owner);
    }
    targetBytes += padded(part);
  }

  /**
   * Returns the pool buffer that holds the part wholly and, where kernels read it there, aligned.
   */
  private DeviceBuffer poolBuffer(HostBuffer part, int alignment) {
    DeviceBuffer owner = memory.bufferAt(part.address());
    if (owner == null) {
      return null;
    }
    long offset = part.address() - owner.hostAddress();
    boolean inside = offset + part.sizeBytes() <= owner.sizeBytes();
    boolean aligned = !memory.unified() || (owner.deviceAddress() + offset) % alignment == 0;
    return inside && aligned ? owner : null;
  }

  private static long padded(HostBuffer part) {
    return padded(part.sizeBytes());
  }

  private static long padded(long sizeBytes) {
    return (sizeBytes + PART_ALIGNMENT - 1) / PART_ALIGNMENT * PART_ALIGNMENT;
  }

  /** Takes in int64 offsets, if there are any, of which the device gets int32 ones. */
  void addNarrowed(HostBuffer offsets) {
    if (offsets != null) {
      stagingBytes += padded(offsets.sizeBytes() / 2);
      targetBytes += padded(offsets.sizeBytes() / 2);
    }
  }

  /** Returns where int32 offsets, the first of them 0, lie on the device; null for null. */
  BufferSlice placeNarrowed(HostBuffer offsets) {
    if (offsets == null) {
      return null;
    }
    BufferSlice slice = stage(offsets.sizeBytes() / 2);
    long to = staging.hostAddress() + slice.offset();
    long first = HostMemory.longAt(offsets.address());
    for (long at = 0; at < offsets.sizeBytes(); at += Long.BYTES) {
      long offset = HostMemory.longAt(offsets.address() + at) - first;
      HostMemory.putInt(to + at / 2, Math.toIntExact(offset));
    }
    return onDevice(slice);
  }

  void reserve() {
    if (stagingBytes > 0) {
      staging = memory.allocate(Pool.UPLOAD, stagingBytes);
    }
    if (targetBytes > 0 && !memory.unified()) {
      target = memory.allocate(Pool.DEVICE, targetBytes);
    }
  }

  /** Returns where the part lies on the device; null for null or an empty part. */
  BufferSlice place(HostBuffer part) {
    if (part == null || part.sizeBytes() == 0) {
      return null;
    }
    return onDevice(source(part));
  }

  private BufferSlice onDevice(BufferSlice source) {
    placed.add(source);
    if (memory.unified()) {
      return source;
    }
    long sizeBytes = source.sizeBytes();
    BufferSlice copy = BufferSlice.shared(target, targetUsed, sizeBytes);
    targetUsed += padded(sizeBytes);
    stream.copy(source.buffer(), source.offset(), target, copy.offset(), sizeBytes);
    placed.remove(placed.size() - 1);
    source.close();
    placed.add(copy);
    return copy;
  }

  private BufferSlice source(HostBuffer part) {
    DeviceBuffer owner = inPool.get(part);
    if (owner != null) {
      return BufferSlice.shared(owner, part.address() - owner.hostAddress(), part.sizeBytes());
    }
    BufferSlice slice = stage(part.sizeBytes());
    MemoryUtil.copyMemory(part.address(), staging.hostAddress() + slice.offset(), part.sizeBytes());
    return slice;
  }

  private BufferSlice stage(long sizeBytes) {
    BufferSlice slice = BufferSlice.shared(staging, stagingUsed, sizeBytes);
    stagingUsed += padded(sizeBytes);
    memory.countHostCopy(sizeBytes);
    return slice;
  }

  void handOver() {
    handedOver = true;
  }

  @Override
  public void close() {
    if (!handedOver) {
      placed.forEach(BufferSlice::close);
    }
    if (staging != null) {
      staging.close();
    }
    if (target != null) {
      target.close();
    }
  }
}
