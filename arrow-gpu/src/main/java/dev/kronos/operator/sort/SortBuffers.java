// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.Kronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.Resources;

/**
 * Holds keys and their rows on the device, twice, for each pass of a sort moves them from one place
 * to the other. Not thread-safe. Buffers stay this object's; which of them hold keys and rows
 * changes with every pass that is recorded.
 */
public final class SortBuffers implements AutoCloseable {

  /** Says whether row numbers go with the keys. */
  public enum Rows {
    /** Keys alone are sorted. */
    NONE,
    /** Each key has the number of its row, at first its place among the keys. */
    NUMBERED
  }

  private final Resources resources = new Resources();
  private int count;
  private final DeviceBuffer[] keys = new DeviceBuffer[2];
  private final DeviceBuffer[] rows = new DeviceBuffer[2];
  private int current;
  private boolean rowsWritten;

  /**
   * Allocates.
   *
   * @param kronos the device; stays the caller's
   * @param widest width of the widest keys that will be sorted
   * @param count how many keys, 0 or more
   * @param rows whether rows go with them
   */
  public SortBuffers(Kronos kronos, KeyWidth widest, int count, Rows rows) {
    this.count = count;
    try {
      for (int i = 0; i < 2; i++) {
        keys[i] = allocate(kronos, (long) count * widest.sizeBytes());
        this.rows[i] = rows == Rows.NONE ? null : allocate(kronos, (long) count * Integer.BYTES);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private DeviceBuffer allocate(Kronos kronos, long sizeBytes) {
    return resources.own(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
  }

  /** Returns how many keys there are. */
  public int count() {
    return count;
  }

  /** Returns the buffer that holds the keys in the order so far. */
  public DeviceBuffer keys() {
    return keys[current];
  }

  /** Returns the buffer that holds the row numbers in the order so far, or null without any. */
  public DeviceBuffer rows() {
    return rows[current];
  }

  /** Returns whether row numbers were written; before, each key's row is its place. */
  public boolean rowsWritten() {
    return rowsWritten;
  }

  DeviceBuffer nextKeys() {
    return keys[1 - current];
  }

  DeviceBuffer nextRows() {
    return rows[1 - current];
  }

  /** Makes what a pass has written the order so far. */
  void advance() {
    current = 1 - current;
    rowsWritten = rows[current] != null;
  }

  /** Keeps the first keys and rows alone. */
  void limit(int fewer) {
    count = fewer;
  }

  /** Forgets the order, so that other keys can be sorted. */
  public void restart() {
    rowsWritten = false;
  }

  /** Frees the buffers; recorded work goes on. Idempotent. */
  @Override
  public void close() {
    resources.close();
  }
}
