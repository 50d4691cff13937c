// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.SparkRankLimit;
import java.util.Iterator;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Keeps those of a task's rows whose rank is small. */
final class RankLimitTask extends BatchFunction {
  private static final long serialVersionUID = 1L;

  private final SparkRankLimit limit;
  private final ChainMetrics metrics;

  RankLimitTask(SparkRankLimit limit, ChainMetrics metrics) {
    this.limit = limit;
    this.metrics = metrics;
  }

  @Override
  Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
    return new RankLimitIterator(limit, metrics, input);
  }
}
