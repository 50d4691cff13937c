// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;

/** Implements what only Spark 4.0 asks of a writable column vector: nothing. */
abstract class VersionColumnVector extends WritableColumnVector {
  VersionColumnVector(int capacity, DataType type) {
    super(capacity, type);
  }

  /** Returns the address of the first value; 0 when no values are stored. */
  abstract long valuesAddress();
}
