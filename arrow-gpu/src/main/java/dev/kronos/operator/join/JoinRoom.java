// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.memory.MemoryPools;

/**
 * Says how much of a join is on the device at once. Immutable.
 *
 * @param tableBytes most bytes of a table; its columns are there twice while it is made
 * @param pieceRows most rows of a piece of the result
 */
public record JoinRoom(long tableBytes, int pieceRows) {
  /** Part of the budget that a table takes: batches, results and other tasks need the rest. */
  private static final long SHARE = 8;

  private static final int LEAST_PIECE_ROWS = 1024;

  /** Bytes of budget for each row of a piece: its pair, columns, and characters. */
  private static final long BUDGET_OF_ROW = 4096;

  /** Returns the room that the budget of the device pool leaves to a join of one task. */
  public static JoinRoom of(MemoryPools memory) {
    long budgetBytes = memory.deviceBudgetBytes();
    if (budgetBytes == Long.MAX_VALUE) {
      return new JoinRoom(Long.MAX_VALUE, HashJoin.DEFAULT_PIECE_ROWS);
    }
    long rows = Math.max(LEAST_PIECE_ROWS, budgetBytes / BUDGET_OF_ROW);
    return new JoinRoom(budgetBytes / SHARE, (int) Math.min(HashJoin.DEFAULT_PIECE_ROWS, rows));
  }
}
