// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.spark.catalyst.KronosLeafExec;
import dev.kronos.spark.catalyst.ScalaCollections;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Makes a range of numbers in memory that the device reads, with Spark's slices. */
public final class KronosRangeExec extends KronosLeafExec {
  private static final long serialVersionUID = 1L;
  private static final String ROWS = "numOutputRows";
  private static final String BATCHES = "numOutputBatches";

  private static final BigInteger SPARKS_BATCH = BigInteger.valueOf(1000);

  private final Range range;

  /**
   * Creates a node.
   *
   * @param range the numbers
   */
  public KronosRangeExec(Range range) {
    this.range = range;
  }

  /**
   * Tells whether a range is left to Spark, whose generated code takes many numbers at once and
   * loses them where they reach further than 63 bits.
   */
  public static boolean isSparks(RangeExec plan) {
    BigInteger numbers = plan.numElements().bigInteger().min(SPARKS_BATCH);
    return numbers.multiply(BigInteger.valueOf(plan.step())).abs().bitLength() >= Long.SIZE;
  }

  /** Makes the node that takes the place of Spark's. */
  public static KronosRangeExec of(RangeExec plan) {
    return new KronosRangeExec(plan.range());
  }

  /** Returns the numbers. */
  Range range() {
    return range;
  }

  /** Returns in how many slices they are made, 1 or more. */
  int slices() {
    return ((RangeExec) twin()).numSlices();
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {range};
  }

  @Override
  protected SparkPlan makeTwin() {
    return new RangeExec(range);
  }

  @Override
  public SparkPlan doCanonicalize() {
    return new KronosRangeExec((Range) range.canonicalized());
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    Map<String, SQLMetric> metrics = new LinkedHashMap<>();
    metrics.put(ROWS, SQLMetrics.createMetric(sparkContext(), "number of output rows"));
    metrics.put(BATCHES, SQLMetrics.createMetric(sparkContext(), "number of output batches"));
    return metrics;
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    ClassTag<ColumnarBatch> batches = ClassTag$.MODULE$.apply(ColumnarBatch.class);
    if (range.numElements().signum() == 0) {
      return sparkContext().emptyRDD(batches);
    }
    int slices = slices();
    List<Integer> indexes = IntStream.range(0, slices).boxed().toList();
    RangeFunction function =
        new RangeFunction(
            this, ParquetScan.batchRows(conf()), longMetric(ROWS), longMetric(BATCHES));
    return sparkContext()
        .parallelize(
            ScalaCollections.seq(indexes), slices, ClassTag$.MODULE$.<Integer>apply(Integer.class))
        .mapPartitions(function, false, batches);
  }
}
