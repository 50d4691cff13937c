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
    int count = others.size;
    while (size + count > starts.length) {
      grow();
    }
    for (int i = 0; i < count; i++) {
      starts[size + i] = others.starts[i];
      ends[size + i] = others.ends[i];
      modes[size + i] = others.modes[i];
      buffers[size + i] = others.buffers[i];
    }
    size += count;
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

  /** Returns whether the range is read. */
  boolean reads(int place) {
    return modes[place].reads();
  }

  /** Returns whether the range is written. */
  boolean writes(int place) {
    return modes[place] != Access.Mode.READ;
  }

  /** Returns the buffer that the range lies in. */
  DeviceBuffer buffer(int place) {
    return buffers[place];
  }

  /** Returns an access as it was declared; its buffer is still open. */
  Access access(int place) {
    DeviceBuffer buffer = buffers[place];
    long offset = starts[place] - buffer.deviceAddress();
    return new Access(buffer, offset, ends[place] - starts[place], modes[place]);
  }

  /** Drops the accesses from a place on; their buffers are forgotten when others come. */
  void truncate(int newSize) {
    size = newSize;
  }

  /** Drops all accesses and forgets their buffers. */
  void clear() {
    Arrays.fill(buffers, 0, size, null);
    size = 0;
  }

  private void grow() {
    int length = starts.length * 2;
    starts = Arrays.copyOf(starts, length);
    ends = Arrays.copyOf(ends, length);
    modes = Arrays.copyOf(modes, length);
    buffers = Arrays.copyOf(buffers, length);
  }
}
