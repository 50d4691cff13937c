// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/**
 * Says how much of the device's budget one task may count on, so that tasks which work at the same
 * time do not fill it with tables before any of them can end. Thread-safe.
 */
public final class TaskShare {
  /** Part of the budget that one table takes, however few tasks there are. */
  private static final long PART_OF_BUDGET = 8;

  /** Part of its task's share that one table takes: batches and results need the rest. */
  private static final long PART_OF_SHARE = 2;

  private final MemoryBudget device;
  private final long taskBytes;
  private volatile int workers = 1;

  /**
   * Creates the share of a single task.
   *
   * @param device budget of the device pool, which may change
   * @param taskBytes what a task is admitted with, in bytes; 0 admits any number
   */
  TaskShare(MemoryBudget device, long taskBytes) {
    this.device = device;
    this.taskBytes = taskBytes;
  }

  /** Sets how many tasks may work at once where the budget admits them all, 1 or more. */
  public void among(int tasks) {
    workers = Math.max(1, tasks);
  }

  /** Returns the bytes that one task may count on; {@link Long#MAX_VALUE} without a budget. */
  public long bytes() {
    long budgetBytes = device.limitBytes();
    return budgetBytes == Long.MAX_VALUE ? budgetBytes : budgetBytes / tasks(budgetBytes);
  }

  /** Returns the most bytes of one table; {@link Long#MAX_VALUE} without a budget. */
  public long tableBytes() {
    long budgetBytes = device.limitBytes();
    return budgetBytes == Long.MAX_VALUE
        ? budgetBytes
        : Math.min(budgetBytes / PART_OF_BUDGET, bytes() / PART_OF_SHARE);
  }

  private long tasks(long budgetBytes) {
    return Math.min(workers, admitted(budgetBytes, taskBytes));
  }

  /**
   * Returns how many tasks a budget admits at once, one at least; {@link Long#MAX_VALUE} for any
   * number.
   *
   * @param budgetBytes the budget of the device, {@link Long#MAX_VALUE} without one
   * @param taskBytes share of a task, in bytes; 0 admits any number
   */
  public static long admitted(long budgetBytes, long taskBytes) {
    return taskBytes == 0 || budgetBytes == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : Math.max(1, budgetBytes / taskBytes);
  }
}
