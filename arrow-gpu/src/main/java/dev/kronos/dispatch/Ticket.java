// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.KronosException;

/**
 * Stands for submitted work. Done means that results are visible to the host and that the buffers
 * of the work are released. Safe for many threads.
 */
public final class Ticket {

  private final Timeline timeline;
  private final BatchPool batches;
  private volatile long value;

  Ticket(Timeline timeline, BatchPool batches, long value) {
    this.timeline = timeline;
    this.batches = batches;
    this.value = value;
  }

  /** Makes the ticket stand for later work; what it stood for is done then too. */
  Ticket moveTo(long later) {
    value = later;
    return this;
  }

  /**
   * Blocks until the work is done.
   *
   * @throws KronosException.DeviceFailure when the device is lost
   * @throws KronosException.Closed when the device is closed before the work is done
   * @throws KronosException.UndeclaredAccess when a checked kernel touched what it may not
   */
  public void await() {
    await(Long.MAX_VALUE);
  }

  /**
   * Blocks until the work is done or the time is over.
   *
   * @param timeoutNanos longest time to wait in nanoseconds, 0 or more
   * @return whether the work is done
   * @throws KronosException.DeviceFailure when the device is lost
   * @throws KronosException.Closed when the device is closed before the work is done
   */
  public boolean await(long timeoutNanos) {
    if (timeoutNanos < 0) {
      throw new KronosException.InvalidArgument(
          KronosException.message("negative timeout", "timeoutNanos", timeoutNanos));
    }
    boolean done = timeline.await(value, timeoutNanos);
    if (done) {
      batches.finish();
    }
    return done;
  }

  /**
   * Returns whether the work is done; never blocks.
   *
   * @throws KronosException.DeviceFailure when it is not and the device is lost
   */
  public boolean isDone() {
    return await(0);
  }
}
