// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Collects the counts of a stream, in a fixed array so that counting makes no garbage. Thread-safe:
 * the recording thread and whoever retires a batch both count.
 */
final class StreamCells {

  private static final int DISPATCHES = 0;
  private static final int TRANSFERS = 1;
  private static final int BARRIERS = 2;
  private static final int LEAST_BARRIERS = 3;
  private static final int QUEUE_WAITS = 4;
  private static final int HOST_BARRIERS = 5;
  private static final int SUBMITS = 6;
  private static final int ARGUMENT_BYTES = 7;
  private static final int BYTES_UP = 8;
  private static final int BYTES_DOWN = 9;
  private static final int DEVICE_NANOS = 10;
  private static final int REUSED_DISPATCHES = 11;
  private static final int BYTES_READ = 12;
  private static final int BYTES_WRITTEN = 13;
  private static final int COUNT = 14;

  private final AtomicLongArray cells = new AtomicLongArray(COUNT);
  private final StreamCells total;
  private volatile boolean closed;

  /**
   * Creates cells at zero.
   *
   * @param total cells that count everything as well, or null
   */
  StreamCells(StreamCells total) {
    this.total = total;
  }

  /** Counts an encoded batch; inside it there are as many barriers as its levels need. */
  void batch(long dispatches, long transfers, long barriers) {
    add(DISPATCHES, dispatches);
    add(TRANSFERS, transfers);
    add(BARRIERS, barriers);
    add(LEAST_BARRIERS, barriers);
    add(SUBMITS, 1);
  }

  void host(long barriers, long argumentBytes) {
    add(HOST_BARRIERS, barriers);
    add(ARGUMENT_BYTES, argumentBytes);
  }

  void leadBarrier() {
    add(BARRIERS, 1);
  }

  void queueWait() {
    add(QUEUE_WAITS, 1);
  }

  void reused(long dispatches) {
    add(REUSED_DISPATCHES, dispatches);
  }

  /** Counts bytes copied from host pools to the device pool, and the other way. */
  void copied(long up, long down) {
    add(BYTES_UP, up);
    add(BYTES_DOWN, down);
  }

  /** Counts bytes that work on the device reads and writes. */
  void touched(long read, long written) {
    add(BYTES_READ, read);
    add(BYTES_WRITTEN, written);
  }

  void deviceNanos(long nanos) {
    add(DEVICE_NANOS, nanos);
  }

  /** Notes that the stream records no more; work in flight still counts. */
  void close() {
    closed = true;
  }

  /** Returns whether the stream records no more. */
  boolean closed() {
    return closed;
  }

  private void add(int cell, long count) {
    if (count != 0) {
      cells.addAndGet(cell, count);
      if (total != null) {
        total.add(cell, count);
      }
    }
  }

  StreamCounters read() {
    return new StreamCounters(
        cells.get(DISPATCHES),
        cells.get(REUSED_DISPATCHES),
        cells.get(TRANSFERS),
        cells.get(BARRIERS),
        cells.get(LEAST_BARRIERS),
        cells.get(QUEUE_WAITS),
        cells.get(HOST_BARRIERS),
        cells.get(SUBMITS),
        cells.get(ARGUMENT_BYTES),
        cells.get(BYTES_UP),
        cells.get(BYTES_DOWN),
        cells.get(BYTES_READ),
        cells.get(BYTES_WRITTEN),
        cells.get(DEVICE_NANOS));
  }
}
