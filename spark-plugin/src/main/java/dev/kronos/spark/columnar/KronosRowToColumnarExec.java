// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.spark.catalyst.KronosUnaryExec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.RowToColumnarExec;
import org.apache.spark.sql.execution.RowToColumnarTransition;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.reflect.ClassTag$;

/**
 * Turns rows into columns in pool memory, in large batches. Takes the place of Spark's own
 * transition where all column types are supported.
 */
public final class KronosRowToColumnarExec extends KronosUnaryExec
    implements RowToColumnarTransition {
  private static final long serialVersionUID = 1L;
  private static final String ROWS = "numInputRows";
  private static final String BATCHES = "numOutputBatches";

  /**
   * Creates a node.
   *
   * @param child gives the rows
   */
  public KronosRowToColumnarExec(SparkPlan child) {
    super(child);
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return new RowToColumnarExec(child());
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosRowToColumnarExec(newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    Map<String, SQLMetric> metrics = new LinkedHashMap<>();
    metrics.put(ROWS, SQLMetrics.createMetric(sparkContext(), "number of input rows"));
    metrics.put(BATCHES, SQLMetrics.createMetric(sparkContext(), "number of output batches"));
    return metrics;
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    RowGathering gathering =
        new RowGathering(
            schema(), ParquetScan.batchRows(conf()), longMetric(ROWS), longMetric(BATCHES));
    RDD<InternalRow> rows = child().execute();
    return rows.mapPartitions(gathering, true, ClassTag$.MODULE$.apply(ColumnarBatch.class));
  }
}
