// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.LiteralTable;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.util.List;

/**
 * Holds the constants of a kernel for the life of an operator. They do not travel with the other
 * arguments because a group key may be a constant string, which has to outlive the dispatch.
 */
public final class LiteralBuffer implements AutoCloseable {
  private final DeviceBuffer buffer;

  /**
   * Places a table where the device reads it fast; records the copy that this may take.
   *
   * @param memory where it is allocated
   * @param stream where the copy is recorded
   * @param literals the constants
   */
  public LiteralBuffer(MemoryPools memory, Stream stream, LiteralTable literals) {
    byte[] bytes = literals.toBytes();
    DeviceBuffer staging = memory.allocate(Pool.UPLOAD, bytes.length);
    HostMemory.copy(bytes, staging.hostAddress());
    if (memory.unified() || bytes.length == 0) {
      buffer = staging;
      return;
    }
    try (staging) {
      buffer = memory.allocate(Pool.DEVICE, bytes.length);
      stream.copy(staging, 0, buffer, 0, bytes.length);
    }
  }

  /** Appends the address of the table. */
  public void put(Arguments arguments) {
    arguments.putAddress(buffer);
  }

  /** Returns the accesses that a dispatch reading the table declares. */
  public List<Access> accesses() {
    return buffer.sizeBytes() == 0 ? List.of() : List.of(Access.reads(buffer));
  }

  /** Frees the table. */
  @Override
  public void close() {
    buffer.close();
  }
}
