// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.RowMarks;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.random.BernoulliCellSampler;

/** Says of each row of a partition whether it is in a sample, by Spark's generator. */
final class SampleMarks implements AppendedColumns.Maker {
  private final BernoulliCellSampler<Object> sampler;
  private final RowMarks marks = new RowMarks(KronosExecutor.current().memory());

  SampleMarks(BernoulliCellSampler<Object> sampler) {
    this.sampler = sampler;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public ColumnarBatch next(int rows) {
    return marks.mark(rows, () -> sampler.sample() != 0);
  }

  @Override
  public void close() {
    marks.close();
  }
}
