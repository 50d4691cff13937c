// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.memory.DeviceBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Holds accesses in columns: the addresses of each range are computed once and then read by
 * everything that orders work. A piece of work is a range of places. Holds no reference to the
 * buffers. Not thread-safe; makes no garbage but for growing.
 */
final class AccessColumns {

  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private Access.Mode[] modes = new Access.Mode[16];
  private DeviceBuffer[] buffers = new DeviceBuffer[16];
  private int size;

  /** Returns the accesses of one piece of work. */
  static AccessColumns of(List<Access> accesses) {
    AccessColumns columns = new AccessColumns();
    columns.addAll(accesses);
    return columns;
  }

  /** Adds an access that was checked. */
  void add(Access access) {
    add(access.buffer(), access.offset(), access.sizeBytes(), access.mode());
  }

  /** Adds some accesses that were checked. */
  void addAll(List<Access> accesses) {
    for (int i = 0; i < accesses.size(); i++) {
      add(accesses.get(i));
    }
  }

  /** Adds accesses of others. */
  void addAll(AccessColumns others) {
    for (int i = 0; i < others.size; i++) {
      append(others.starts[i], others.ends[i], others.modes[i], others.buffers[i]);
    }
  }

  /** Adds an access to a range that lies inside its buffer. */
  void add(DeviceBuffer buffer, long offset, long sizeBytes, Access.Mode mode) {
    long start = buffer.deviceAddress() + offset;
    append(start, start + sizeBytes, mode, buffer);
  }

  private void append(long start, long end, Access.Mode mode, DeviceBuffer buffer) {
    if (size == starts.length) {
      grow();
    }
    starts[size] = start;
    ends[size] = end;
    modes[size] = mode;
    buffers[size] = buffer;
    size++;
  }

  /** Returns how many accesses there are. */
  int size() {
    return size;
  }

  /** Returns the device address of the first byte. */
  long start(int place) {
    return starts[place];
  }

  /** Returns the device address after the last byte. */
  long end(int place) {
    return ends[place];
  }

  /** Returns what is done to the range. */
  Access.Mode mode(int place) {
    return modes[place];
  }

  /** Returns whether the range is written. */
  boolean writes(int place) {
    return modes[place] != Access.Mode.READ;
  }

  /** Returns the buffer that the range lies in. */
  DeviceBuffer buffer(int place) {
    return buffers[place];
  }

  /** Drops the accesses from a place on. */
  void truncate(int newSize) {
    Arrays.fill(buffers, newSize, size, null);
    size = newSize;
  }

  private void grow() {
    starts = Arrays.copyOf(starts, size * 2);
    ends = Arrays.copyOf(ends, size * 2);
    modes = Arrays.copyOf(modes, size * 2);
    buffers = Arrays.copyOf(buffers, size * 2);
  }
}
