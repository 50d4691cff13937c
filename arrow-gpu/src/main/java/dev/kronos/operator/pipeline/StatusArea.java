// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;

/**
 * Holds what kernels of one operator tell the host: the row error, then 64-bit counters.
 *
 * <pre>
 *   0   status block of status.glsl, 16 bytes
 *   16  counters, 8 bytes each
 * </pre>
 *
 * <p>Nothing is reset between batches, so that a batch costs no extra commands: counters only grow
 * and the host takes differences; a row error ends the operator's life. On unified memory the host
 * reads in place, else a copy is recorded after the kernel. Not thread-safe.
 */
public final class StatusArea implements AutoCloseable {
  /** Bytes of one counter. */
  public static final int COUNTER_BYTES = Long.BYTES;

  private static final int HEADER_BYTES = 16;

  private final DeviceBuffer buffer;
  private final DeviceBuffer mirror;
  private final long sizeBytes;

  /**
   * Allocates the area and records its initial fill.
   *
   * @param memory where it is allocated
   * @param stream where the fill is recorded; all later work on the area goes there too
   * @param counters how many counters, 0 or more
   */
  public StatusArea(MemoryPools memory, Stream stream, int counters) {
    this.sizeBytes = HEADER_BYTES + (long) counters * COUNTER_BYTES;
    this.buffer = memory.allocate(memory.unified() ? Pool.READBACK : Pool.DEVICE, sizeBytes);
    this.mirror = memory.unified() ? buffer.retain() : mirror(memory);
    stream.fill(buffer, 0, Integer.BYTES, -1);
    stream.fill(buffer, Integer.BYTES, sizeBytes - Integer.BYTES, 0);
    clearMirror();
  }

  /** Lets the host see no failure and no counts before anything was read. */
  private void clearMirror() {
    HostMemory.putInt(mirror.hostAddress(), -1);
    for (long at = Integer.BYTES; at < sizeBytes; at += Integer.BYTES) {
      HostMemory.putInt(mirror.hostAddress() + at, 0);
    }
  }

  private DeviceBuffer mirror(MemoryPools memory) {
    try {
      return memory.allocate(Pool.READBACK, sizeBytes);
    } catch (RuntimeException e) {
      buffer.close();
      throw e;
    }
  }

  /** Returns the buffer, whose start is the status block that dispatches name. */
  public DeviceBuffer buffer() {
    return buffer;
  }

  /** Returns the device address of counter 0. */
  public long countersAddress() {
    return buffer.deviceAddress() + HEADER_BYTES;
  }

  /** Returns the access that every dispatch using the area declares. */
  public Access access() {
    return Access.updates(buffer);
  }

  /** Records that a counter becomes what another one is by then. */
  public void recordCopy(Stream stream, int from, int to) {
    stream.copy(buffer, offset(from), buffer, offset(to), COUNTER_BYTES);
  }

  private static long offset(int counter) {
    return HEADER_BYTES + (long) counter * COUNTER_BYTES;
  }

  /** Records what is needed before the host may read the area, once the batch is awaited. */
  public void recordRead(Stream stream) {
    if (mirror != buffer) {
      stream.copy(buffer, 0, mirror, 0, sizeBytes);
    }
  }

  /** Returns a counter as of the last batch that was awaited. */
  public long counter(int index) {
    return HostMemory.longAt(mirror.hostAddress() + offset(index));
  }

  /**
   * Checks that no row failed up to the last batch that was awaited.
   *
   * @throws RowFailure naming the first row that failed
   */
  public void checkRows() {
    int row = HostMemory.intAt(mirror.hostAddress());
    if (row != -1) {
      throw new RowFailure(row);
    }
  }

  /** Frees the area. */
  @Override
  public void close() {
    mirror.close();
    buffer.close();
  }
}
