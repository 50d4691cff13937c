// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import dev.kronos.KronosException;
import dev.kronos.memory.TaskShare;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Admits tasks to the device: as many at once as the budget of its memory has shares of a task, one
 * at least; any number without a budget. Tasks wait in the order in which they came. Thread-safe.
 *
 * <p>A task keeps its place to its end, since what it holds on the device it holds to its end. What
 * one waits for may be held by one that waits here, such as a block of a cache that both read. So
 * the bound is a courtesy, and nobody waits for ever: where nothing moved for a while, the first in
 * the queue goes in regardless.
 */
public final class DevicePlaces {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LongSupplier budgetBytes;
  private final long taskBytes;
  private final long patienceNanos;
  private final Set<Long> inside = new HashSet<>();
  private final Deque<Object> waiting = new ArrayDeque<>();
  private long movedNanos = System.nanoTime();

  /**
   * Creates a device that nobody works on.
   *
   * @param budgetBytes tells the budget of the device, {@link Long#MAX_VALUE} without one
   * @param taskBytes share of a task, in bytes; 0 admits any number
   * @param patienceNanos how long nothing may move before one more is admitted
   */
  public DevicePlaces(LongSupplier budgetBytes, long taskBytes, long patienceNanos) {
    this.budgetBytes = budgetBytes;
    this.taskBytes = taskBytes;
    this.patienceNanos = patienceNanos;
  }

  /**
   * Waits until a task may work on the device; returns at once where it may already.
   *
   * @param task its attempt's id
   * @param check called now and then while it waits; throws where the task is to end
   * @return how long it waited, in nanoseconds
   * @throws KronosException.Closed when the thread was interrupted, which it then still is
   */
  public long enter(long task, Runnable check) {
    return places() == Long.MAX_VALUE ? 0 : enterBounded(task, check);
  }

  private long places() {
    return TaskShare.admitted(budgetBytes.getAsLong(), taskBytes);
  }

  private synchronized long enterBounded(long task, Runnable check) {
    long beginNanos = System.nanoTime();
    Object turn = new Object();
    waiting.add(turn);
    try {
      while (!inside.contains(task) && !mayEnter(turn)) {
        check.run();
        TimeUnit.NANOSECONDS.timedWait(this, Math.min(POLL_NANOS, patienceNanos));
      }
      if (inside.add(task)) {
        moved();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      check.run();
      throw new KronosException.Closed("interrupted while waiting for the device");
    } finally {
      waiting.remove(turn);
      notifyAll();
    }
    return System.nanoTime() - beginNanos;
  }

  private boolean mayEnter(Object turn) {
    boolean free = inside.size() < places() || System.nanoTime() - movedNanos > patienceNanos;
    return free && waiting.peek() == turn;
  }

  private void moved() {
    movedNanos = System.nanoTime();
    notifyAll();
  }

  /** Gives up the place of a task; harmless where it has none. */
  public synchronized void leave(long task) {
    if (inside.remove(task)) {
      moved();
    }
  }

  /** Returns how many tasks have a place. */
  public synchronized int inside() {
    return inside.size();
  }

  /** Returns how many wait for one. */
  public synchronized int waiting() {
    return waiting.size();
  }
}
