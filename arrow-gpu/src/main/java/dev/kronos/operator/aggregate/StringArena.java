// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.dispatch.Access;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;

/** Holds the characters of group keys in chunks that never move. */
final class StringArena implements AutoCloseable {
  private static final long CHUNK_BYTES = 1 << 16;

  private final MemoryPools memory;
  private final List<DeviceBuffer> chunks = new ArrayList<>();
  private long used;

  StringArena(MemoryPools memory) {
    this.memory = memory;
  }

  /** Sets room aside and returns its device address. */
  long take(long sizeBytes) {
    if (chunks.isEmpty() || last().sizeBytes() - used < sizeBytes) {
      chunks.add(memory.allocate(Pool.DEVICE, Math.max(sizeBytes, CHUNK_BYTES)));
      used = 0;
    }
    long address = last().deviceAddress() + used;
    used += sizeBytes;
    return address;
  }

  private DeviceBuffer last() {
    return chunks.get(chunks.size() - 1);
  }

  /** Returns the access of a dispatch that writes to the room that was taken last. */
  List<Access> writes() {
    return chunks.isEmpty() ? List.of() : List.of(Access.writes(last()));
  }

  /** Returns the accesses of a dispatch that reads keys. */
  List<Access> reads() {
    return chunks.stream().map(Access::reads).toList();
  }

  @Override
  public void close() {
    chunks.forEach(DeviceBuffer::close);
    chunks.clear();
  }
}
