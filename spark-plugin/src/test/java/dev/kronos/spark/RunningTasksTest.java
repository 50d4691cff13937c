// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningTasksTest {
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final RunningTasks tasks = new RunningTasks();
  private final FakeTask task = new FakeTask(tasks::started, tasks::ended);
  private final AtomicBoolean done = new AtomicBoolean();

  @AfterEach
  void endTask() {
    task.end();
  }

  @Test
  void doesNotWaitWithoutTasks() {
    assertThat(tasks.whenNoneRuns(0, () -> done.set(true))).isZero();
    assertThat(done).isTrue();
  }

  @Test
  void waitsForATaskThatEndsMeanwhile() throws InterruptedException {
    task.start();
    Thread waiting = new Thread(() -> tasks.whenNoneRuns(LONG_NANOS, () -> done.set(true)));
    waiting.start();
    waiting.join(100);
    assertThat(done).isFalse();

    task.end();

    waiting.join(TimeUnit.NANOSECONDS.toMillis(LONG_NANOS) / 2);
    assertThat(done).isTrue();
  }

  @Test
  void givesUpOnATaskThatNeverEnds() {
    task.start();
    long start = System.nanoTime();

    assertThat(tasks.whenNoneRuns(SHORT_NANOS, () -> done.set(true))).isEqualTo(1);

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT_NANOS);
    assertThat(done).isFalse();
  }

  @Test
  void aThreadThatDiedRunsNothing() {
    FakeTask silent = new FakeTask(tasks::started, () -> {});
    silent.start();
    assertThat(tasks.whenNoneRuns(0, () -> done.set(true))).isEqualTo(1);

    new Thread(silent::end).start();

    assertThat(tasks.whenNoneRuns(LONG_NANOS, () -> done.set(true))).isZero();
  }

  @Test
  void unpairedReportsDoNotDrift() {
    tasks.ended();
    task.start();
    assertThat(tasks.count()).isEqualTo(1);

    tasks.started();
    tasks.started();
    assertThat(tasks.count()).isEqualTo(2);

    tasks.ended();
    tasks.ended();
    assertThat(tasks.count()).isEqualTo(1);
  }

  @Test
  void anInterruptEndsTheWait() {
    task.start();
    Thread.currentThread().interrupt();

    assertThat(tasks.whenNoneRuns(LONG_NANOS, () -> done.set(true))).isEqualTo(1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).isFalse();
  }

  @Test
  void noTaskStartsBeforeTheActionIsDone() throws InterruptedException {
    AtomicBoolean early = new AtomicBoolean();
    Thread late =
        new Thread(
            () -> {
              tasks.started();
              early.set(!done.get());
            });

    tasks.whenNoneRuns(
        0,
        () -> {
          late.start();
          sleep(100);
          done.set(true);
        });

    late.join();
    assertThat(early).isFalse();
  }

  @Test
  void manyThreadsLeaveNothingBehind() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread = new Thread(this::manyTasks);
      thread.start();
      threads.add(thread);
    }

    assertThat(tasks.whenNoneRuns(LONG_NANOS, () -> done.set(true))).isZero();

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(tasks.count()).isZero();
  }

  private void manyTasks() {
    for (int i = 0; i < 10_000; i++) {
      tasks.started();
      tasks.ended();
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
