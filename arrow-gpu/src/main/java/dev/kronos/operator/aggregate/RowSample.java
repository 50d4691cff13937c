// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

/**
 * Looks at a few rows of a large batch, so that the table has room for its groups before all rows
 * come: a table that turns out to be too small costs a run over the rows. The batch is divided into
 * stretches, and the sample has a piece of each: 256 rows one after the other, for rows that lie
 * together may be of one group; at random places, for they may be periodic.
 *
 * @param shift logarithm of the rows of a stretch
 * @param pieces stretches, an even number of 2 or more; rows behind them are not looked at
 */
record RowSample(int shift, int pieces) {
  /** Rows of a batch from which on looking ahead costs less than a run in vain. */
  static final int LEAST_ROWS = 1 << 22;

  /** Logarithm of the rows of a piece. */
  static final int PIECE_SHIFT = 8;

  /** Enough to tell 10^7 groups, of which 200 have two rows among so many, from more. */
  private static final int ROWS = 1 << 16;

  /** Most that the table for a sample takes. */
  private static final long MOST_BYTES = 1L << 26;

  /** Slots for each row of a sample. */
  private static final int SLOTS = 2;

  /**
   * Returns a sample of a batch.
   *
   * @param rows {@link #LEAST_ROWS} or more
   * @param slotBytes bytes of a slot of the table
   */
  static RowSample of(int rows, long slotBytes) {
    long wanted = Math.min(ROWS, MOST_BYTES / SLOTS / slotBytes) >> PIECE_SHIFT;
    int pieces = (int) Math.max(2, wanted);
    int shift = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rows / pieces);
    return new RowSample(shift, (rows >> shift) & -2);
  }

  /** Returns how many rows are looked at. */
  int rows() {
    return pieces << PIECE_SHIFT;
  }

  /** Returns flags of the kernel with the length of stretches in them. */
  int flags(int which) {
    return which | (shift << UpdateCode.SHIFT);
  }
}
