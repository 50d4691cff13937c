// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.KronosException;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.spark.catalyst.RowReplay;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Turns failures on the device into the exceptions that Spark would have thrown. */
final class Failures {
  private Failures() {}

  /**
   * Runs a failed row again in Spark.
   *
   * @return only when Spark raises nothing: an error of Kronos
   * @throws RuntimeException Spark's exception
   */
  static IllegalStateException ofRow(RowReplay replay, ColumnarBatch batch, RowFailure failure) {
    replay.run(batch.getRow(failure.row()));
    return unexplained("row", failure.row(), failure);
  }

  /** Makes the error for a failure on the device that Spark does not share. */
  static IllegalStateException unexplained(String what, int index, RuntimeException failure) {
    return new IllegalStateException(
        KronosException.message("failed on the device but not on the CPU", what, index), failure);
  }
}
