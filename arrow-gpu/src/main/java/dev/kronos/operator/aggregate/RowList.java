// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.dispatch.Access;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;

/** Holds numbers of rows on the device; grows with the largest batch, contents are not kept. */
final class RowList implements AutoCloseable {
  private final MemoryPools memory;
  private DeviceBuffer buffer;

  RowList(MemoryPools memory) {
    this.memory = memory;
  }

  DeviceBuffer reserve(int rows) {
    long sizeBytes = (long) rows * Integer.BYTES;
    if (buffer == null || buffer.sizeBytes() < sizeBytes) {
      close();
      buffer = memory.allocate(Pool.DEVICE, sizeBytes);
    }
    return buffer;
  }

  DeviceBuffer buffer() {
    return buffer;
  }

  Access read() {
    return Access.reads(buffer);
  }

  Access write() {
    return Access.updates(buffer);
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
  }
}
