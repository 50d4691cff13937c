// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.dispatch.Stream;

/** Holds one operation on data that lies on the device. For one thread; the maker closes it. */
interface ArrowCell extends AutoCloseable {

  /** Returns how many elements one operation takes. */
  long elements();

  /** Returns how many bytes must be read and written at least. */
  double bytes();

  /** Records one operation, or runs it on a stream of its own; its input stays as it is. */
  void record(Stream stream);

  /**
   * Returns the device time of all operations that are done, in nanoseconds.
   *
   * @param stream where they were recorded
   */
  default double deviceNanos(Stream stream) {
    return stream.counters().deviceNanos();
  }

  /**
   * Checks what the last operation gave, all of it.
   *
   * @throws dev.kronos.bench.work.WrongResult when it is wrong
   */
  void check();

  /** Frees the data. */
  @Override
  void close();
}
