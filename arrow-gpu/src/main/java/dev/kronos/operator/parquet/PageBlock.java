// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.HostBuffer;
import dev.kronos.column.PoolBlock;
import dev.kronos.memory.MemoryPools;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.util.MemoryUtil;

/** Collects bytes in mapped memory of a pool, one behind the other. Not thread-safe. */
final class PageBlock implements AutoCloseable {
  private final PoolBlock block;
  private ByteBuffer bytes;
  private int used;

  PageBlock(MemoryPools pools) {
    this.block = new PoolBlock(pools);
  }

  int sizeBytes() {
    return used;
  }

  /** Returns what was collected; valid until more is added or this is closed. */
  HostBuffer range() {
    return block.range(used);
  }

  /**
   * Makes room for more bytes.
   *
   * @param more bytes that are about to be added
   * @param expected bytes to take room for when there is not enough, so that it need not be moved
   *     again
   * @throws KronosException.Exhausted when there is no room
   */
  void reserve(int more, long expected) {
    long needed = (long) used + more;
    if (bytes != null && needed <= bytes.capacity()) {
      return;
    }
    if (needed > Integer.MAX_VALUE) {
      throw new KronosException.Exhausted(message("column chunk too large", "bytes", needed));
    }
    long wanted = Math.max(needed, used + expected);
    int capacity = (int) Math.max(Long.BYTES, Math.min(Integer.MAX_VALUE, wanted));
    block.grow(capacity);
    bytes = MemoryUtil.directBuffer(block.address(), capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds bytes from {@code from} on and returns where they begin. */
  int append(ByteBuffer source, int from, int count) {
    reserve(count, Math.max(count, used));
    int start = used;
    bytes.put(start, source, from, count);
    used += count;
    return start;
  }

  void appendInt(int value) {
    if (bytes == null || used + Integer.BYTES > bytes.capacity()) {
      reserve(Integer.BYTES, Math.max(1024, used));
    }
    bytes.putInt(used, value);
    used += Integer.BYTES;
  }

  int intAt(int offset) {
    return bytes.getInt(offset);
  }

  @Override
  public void close() {
    block.close();
  }
}
