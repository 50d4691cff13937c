// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/**
 * Deals rows out to partitions in turn, as {@code partition/deal} does: row {@code i} goes to
 * partition {@code (first + i) % partitions}.
 *
 * @param rows how many rows there are, 0 or more
 * @param partitions how many partitions there are, 1 or more
 * @param first the partition of the first row, from 0
 */
public record Turns(int rows, int partitions, int first) {

  /** Returns where each partition begins among rows in the order of partitions, then the rows. */
  public int[] starts() {
    int[] starts = new int[partitions + 1];
    for (int p = 0; p < partitions; p++) {
      starts[p + 1] = starts[p] + count(p);
    }
    return starts;
  }

  private int count(int partition) {
    int turn = Math.floorMod(partition - first, partitions);
    return rows / partitions + (turn < rows % partitions ? 1 : 0);
  }

  /** Returns the numbers of the rows in the order of their partitions. */
  public int[] order() {
    int[] next = starts();
    int[] order = new int[rows];
    for (int row = 0; row < rows; row++) {
      order[next[partition(row)]++] = row;
    }
    return order;
  }

  /** Returns the partition of a row, or of the one behind the last. */
  public int partition(int row) {
    return (int) (((long) first + row) % partitions);
  }
}
