// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.partition;

import dev.kronos.operator.sort.SortSpec;
import dev.kronos.operator.sort.SortedBounds;
import java.util.Objects;

/** Says how the rows of a batch get the numbers of their partitions. Immutable. */
public sealed interface Numbering {

  /**
   * Takes the numbers from a column.
   *
   * @param column its place among the columns of the pipeline; INT32, not null, from 0 to below the
   *     number of partitions
   */
  record OfColumn(int column) implements Numbering {}

  /**
   * Counts the bounds that come before a row: rows that equal a bound are in the partition before
   * it.
   *
   * @param order the keys; they name columns of the pipeline
   * @param bounds one less than there are partitions
   */
  record OfRange(SortSpec order, SortedBounds bounds) implements Numbering {
    /** Checks that all is given. */
    public OfRange {
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(bounds, "bounds");
    }
  }

  /**
   * Deals rows out in turn: each goes to the partition behind that of the row before it, from batch
   * to batch.
   *
   * @param first the partition of the first row of the first batch, from 0
   */
  record InTurn(int first) implements Numbering {}
}
