// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.kronos;

import dev.kronos.Kronos;
import dev.kronos.bench.program.PhaseClock;
import dev.kronos.bench.program.Program;
import dev.kronos.bench.program.Tally;
import dev.kronos.dispatch.Counters;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.dispatch.Ticket;
import dev.kronos.vulkan.PersistentSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What recording and replaying have in common: waiting, and counting by Kronos' own counters. */
abstract class KronosProgram implements Program, AutoCloseable {

  /**
   * Bytes of the submission block that a batch writes: a command buffer (8), how many there are
   * (4), how many waits (4), the value to wait for (8) and the value to signal (8). The rest of it
   * is written once when the queue is made; see {@code dev.kronos.vulkan.SubmitBlock}.
   */
  private static final int SUBMIT_BYTES = 8 + 4 + 4 + 8 + 8;

  private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  private final Kronos kronos;
  private Ticket last;

  KronosProgram(Kronos kronos) {
    this.kronos = kronos;
  }

  /** Records what has to be recorded and submits. */
  abstract Ticket submit();

  /** Returns the counts of this program's own stream. */
  abstract StreamCounters counters();

  /** Returns how many push roots were written. */
  abstract long rootsWritten();

  @Override
  public void start() {
    last = submit();
  }

  @Override
  public void finish() {
    last.await();
  }

  @Override
  public void run(PhaseClock clock) {
    clock.start();
    start();
    clock.stop();
    if (clock.on()) {
      retire(clock);
    } else {
      finish();
    }
  }

  /**
   * Waits without using the CPU. The look that finds the batch done is counted, since it also
   * releases what the batch held; the looks before it are waiting.
   */
  private void retire(PhaseClock clock) {
    clock.start();
    boolean done = last.isDone();
    clock.stop();
    while (!done) {
      clock.discard();
      LockSupport.parkNanos(POLL_NANOS);
      clock.start();
      done = last.isDone();
      clock.stop();
    }
  }

  /** Counts on the device as a whole are this program's, since no other runs meanwhile. */
  @Override
  public Tally tally() {
    Counters device = kronos.counters();
    StreamCounters own = counters();
    long nativeBytes =
        own.argumentBytes()
            + PersistentSet.ROOT_BYTES * rootsWritten()
            + SUBMIT_BYTES * own.submits();
    return new Tally(
        own.dispatches(),
        own.barriers(),
        0,
        own.hostBarriers(),
        device.driverSubmits(),
        device.hostWaits(),
        device.descriptorUpdates(),
        nativeBytes,
        device.deviceAllocations());
  }

  @Override
  public long deviceNanos() {
    long before = counters().deviceNanos();
    run(PhaseClock.off());
    return counters().deviceNanos() - before;
  }

  @Override
  public abstract void close();
}
