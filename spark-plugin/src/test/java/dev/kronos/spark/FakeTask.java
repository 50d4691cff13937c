// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import java.util.concurrent.CountDownLatch;

/** Stands in for one of Spark's tasks: a thread that reports a start and, when told to, an end. */
final class FakeTask {
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;

  /** Creates a task that runs {@code atStart} and {@code atEnd} on its own thread. */
  FakeTask(Runnable atStart, Runnable atEnd) {
    thread = new Thread(() -> run(atStart, atEnd), "fake-task");
    thread.setDaemon(true);
  }

  /** Starts the task and returns once it has run {@code atStart}. */
  void start() {
    thread.start();
    await(started);
  }

  /** Ends the task, if it was started, and returns once its thread is gone. */
  void end() {
    over.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(Runnable atStart, Runnable atEnd) {
    atStart.run();
    started.countDown();
    await(over);
    atEnd.run();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
