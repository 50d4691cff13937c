// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.dispatch.Stream;

/** Holds one operation on data that lies on the device. For one thread; the maker closes it. */
interface ArrowCell extends AutoCloseable {

  /** Returns how many elements one operation takes. */
  long elements();

  /** Returns how many bytes must be read and written at least. */
  double bytes();

  /** Records one operation; its input stays as it is. */
  void record(Stream stream);

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
