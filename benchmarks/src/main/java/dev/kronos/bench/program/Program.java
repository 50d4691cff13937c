// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.program;

/** Runs one batch over and over in its own way. For one thread. */
public interface Program {

  /** Returns which program this is. */
  Contender contender();

  /** Records what has to be recorded and submits the batch; waits only where its style does. */
  void start();

  /** Waits until everything that was started is done. */
  void finish();

  /**
   * Runs the batch once and waits for it, as {@link #start} and {@link #finish} do.
   *
   * @param clock is running while this thread works for the batch, and stands while it waits
   */
  void run(PhaseClock clock);

  /** Returns what was counted so far. */
  Tally tally();

  /**
   * Runs the batch once and waits for it.
   *
   * @return how long the device worked on it, in nanoseconds; 0 where it has no clock
   */
  long deviceNanos();
}
