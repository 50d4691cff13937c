// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

/** A moment until which something may go on. */
final class Deadline {

  private static final double NANOS = 1e9;

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline in(double seconds) {
    return new Deadline(System.nanoTime() + (long) (seconds * NANOS));
  }

  boolean over() {
    return System.nanoTime() - end >= 0;
  }
}
