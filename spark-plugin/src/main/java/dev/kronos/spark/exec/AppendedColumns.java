// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import java.io.Serializable;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Makes columns that the processor knows of rows by their places in a partition. Travels to the
 * executors.
 */
@FunctionalInterface
interface AppendedColumns extends Serializable {

  /** Begins a partition of an index, for the thread of one task. */
  Maker start(int partition);

  /** Makes the columns of one partition. Close drops them. */
  interface Maker extends AutoCloseable {

    /** Returns how many columns there are, 1 or more. */
    int count();

    /**
     * Makes the columns of the next rows, which are valid until the next are asked for.
     *
     * @param rows how many rows, 0 or more
     * @return as many rows, or null where none of them is of use
     */
    ColumnarBatch next(int rows);

    @Override
    void close();
  }
}
