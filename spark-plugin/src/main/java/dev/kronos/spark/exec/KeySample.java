// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Holds a sample of the keys of one partition. Travels to the driver by Spark's serializer,
 * whatever it is: it is a class of plain fields for that.
 */
final class KeySample implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int partition;
  private final long rows;
  private final UnsafeRow[] keys;

  /**
   * Takes over a sample.
   *
   * @param partition the partition
   * @param rows how many rows it has
   * @param keys keys of some of them
   */
  KeySample(int partition, long rows, UnsafeRow[] keys) {
    this.partition = partition;
    this.rows = rows;
    this.keys = keys;
  }

  int partition() {
    return partition;
  }

  long rows() {
    return rows;
  }

  UnsafeRow[] keys() {
    return keys;
  }
}
