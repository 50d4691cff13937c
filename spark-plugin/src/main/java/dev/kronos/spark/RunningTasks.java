// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Knows on which threads of this process tasks run. Thread-safe.
 *
 * <p>Spark reports a task's start and end on the task's own thread, but not in pairs: a task that
 * fails before its start only ends, one may end twice, and one that fails while Spark's environment
 * stops never ends. So threads are noted and not counted, and a thread that died runs nothing:
 * Spark has shut down the threads of its tasks before it tells plugins to stop.
 */
final class RunningTasks {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Set<Thread> threads = new HashSet<>();

  /** Notes that a task starts on the calling thread. */
  synchronized void started() {
    threads.add(Thread.currentThread());
  }

  /** Notes that no task runs on the calling thread any more; harmless where none ran. */
  synchronized void ended() {
    threads.remove(Thread.currentThread());
    notifyAll();
  }

  /** Returns how many tasks run. */
  synchronized int count() {
    threads.removeIf(thread -> !thread.isAlive());
    return threads.size();
  }

  /**
   * Waits until no task runs and then does something before the next one can start.
   *
   * @param timeoutNanos how long to wait; an interrupt ends the wait early and stays set
   * @param action what to do; left out when tasks run on
   * @return how many tasks run on; 0 when the action was done
   */
  synchronized int whenNoneRuns(long timeoutNanos, Runnable action) {
    int running = awaitNone(System.nanoTime() + timeoutNanos);
    if (running == 0) {
      action.run();
    }
    return running;
  }

  private int awaitNone(long deadlineNanos) {
    int running = count();
    try {
      long leftNanos = deadlineNanos - System.nanoTime();
      while (running > 0 && leftNanos > 0) {
        // In short steps: nobody notifies when a thread dies.
        TimeUnit.NANOSECONDS.timedWait(this, Math.min(leftNanos, POLL_NANOS));
        running = count();
        leftNanos = deadlineNanos - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return running;
  }
}
