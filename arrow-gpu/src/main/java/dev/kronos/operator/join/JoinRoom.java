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
  private static final int LEAST_PIECE_ROWS = 1024;

  /** Bytes of the room of a table for each row of a piece: its pair, columns, and characters. */
  private static final long ROOM_OF_ROW = 512;

  /** Returns the room that the budget of the device pool leaves to a join of one task. */
  public static JoinRoom of(MemoryPools memory) {
    long tableBytes = memory.taskShare().tableBytes();
    long rows = Math.max(LEAST_PIECE_ROWS, tableBytes / ROOM_OF_ROW);
    return new JoinRoom(tableBytes, (int) Math.min(HashJoin.DEFAULT_PIECE_ROWS, rows));
  }
}
