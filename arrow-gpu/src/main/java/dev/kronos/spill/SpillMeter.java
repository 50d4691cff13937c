// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spill;

import java.util.concurrent.atomic.LongAdder;

/** Counts what was moved of the batches of one owner. Thread-safe. */
public final class SpillMeter {
  private final LongAdder toHost = new LongAdder();
  private final LongAdder toDisk = new LongAdder();

  /** Creates a meter at 0. */
  public SpillMeter() {}

  /** Returns how many bytes went from the device to host memory. */
  public long hostBytes() {
    return toHost.sum();
  }

  /** Returns how many bytes were written to files. */
  public long diskBytes() {
    return toDisk.sum();
  }

  void movedToHost(long sizeBytes) {
    toHost.add(sizeBytes);
  }

  void movedToDisk(long sizeBytes) {
    toDisk.add(sizeBytes);
  }
}
