// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkPartitioning;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.columnar.ParquetScan;
import dev.kronos.spark.shuffle.BatchShuffle;
import dev.kronos.spark.shuffle.ShuffledBatchRdd;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.MapOutputStatistics;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.ShufflePartitionSpec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.execution.exchange.ShuffleOrigin;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Option;
import scala.concurrent.Future;
import scala.concurrent.Future$;
import scala.jdk.javaapi.CollectionConverters;
import scala.math.BigInt;
import scala.math.BigInt$;

/**
 * Exchanges columns between stages: rows are told to partitions on the device, by Spark's own
 * hashes, by ranges or in turn, and travel in batches through Spark's own shuffle. It is one of
 * Spark's exchanges, so that adaptive execution cuts stages at it, reads its statistics and chooses
 * what to read.
 */
public final class KronosShuffleExchangeExec extends ShuffleExchangeExec {
  private static final long serialVersionUID = 1L;
  private static final String DATA_SIZE = "dataSize";

  private transient volatile ShuffleDependency<Integer, ColumnarBatch, ColumnarBatch> dependency;
  private transient volatile scala.collection.immutable.Map<String, SQLMetric> metrics;
  private transient volatile Future<MapOutputStatistics> statistics;

  /**
   * Creates a node.
   *
   * @param outputPartitioning how rows are told to partitions; {@link SparkPartitioning} knows it
   * @param child gives the batches
   * @param shuffleOrigin why Spark put the exchange in
   * @param advisoryPartitionSize how large partitions should be, if Spark knows
   */
  public KronosShuffleExchangeExec(
      Partitioning outputPartitioning,
      SparkPlan child,
      ShuffleOrigin shuffleOrigin,
      Option<Object> advisoryPartitionSize) {
    super(outputPartitioning, child, shuffleOrigin, advisoryPartitionSize);
  }

  /** Makes the node that takes the place of Spark's; rows to be dealt out in turn are sorted. */
  public static KronosShuffleExchangeExec of(ShuffleExchangeExec plan) {
    return new KronosShuffleExchangeExec(
        plan.outputPartitioning(),
        DealtRows.source(plan),
        plan.shuffleOrigin(),
        plan.advisoryPartitionSize());
  }

  /** Returns how one of Spark's exchanges tells rows to partitions. */
  public static SparkPartitioning partitioning(ShuffleExchangeExec plan) {
    return new SparkPartitioning(
        ScalaCollections.list(plan.child().output()), plan.outputPartitioning());
  }

  @Override
  public String nodeName() {
    return "KronosShuffleExchange";
  }

  @Override
  public boolean supportsColumnar() {
    return true;
  }

  /** Adds what a node on the device shows to what an exchange shows. */
  @Override
  public scala.collection.immutable.Map<String, SQLMetric> metrics() {
    scala.collection.immutable.Map<String, SQLMetric> known = metrics;
    if (known == null) {
      Map<String, SQLMetric> all = new LinkedHashMap<>(NodeMetrics.make(sparkContext()));
      all.putAll(CollectionConverters.asJava(super.metrics()));
      known = ScalaCollections.map(all);
      metrics = known;
    }
    return known;
  }

  private synchronized ShuffleDependency<Integer, ColumnarBatch, ColumnarBatch> dependency() {
    if (dependency == null) {
      SparkPartitioning bounded = RangeSampling.bounded(partitioning(this), child());
      PartitionFunction function =
          new PartitionFunction(bounded, NodeMetrics.of(this), longMetric(DATA_SIZE));
      dependency =
          BatchShuffle.dependency(
              function.over(child().executeColumnar(), isRepeatable()),
              bounded.partitions(),
              createShuffleWriteProcessor(metrics()));
      BatchShuffle.showPartitions(this, longMetric("numPartitions"), bounded.partitions());
    }
    return dependency;
  }

  private boolean isRepeatable() {
    return !DealtRows.areDealt(outputPartitioning()) || DealtRows.isFixed(child());
  }

  /** Returns the dependency under the type that rows would have; nobody reads rows from it. */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public ShuffleDependency<Object, InternalRow, InternalRow> shuffleDependency() {
    return (ShuffleDependency) dependency();
  }

  @Override
  public int shuffleId() {
    return dependency().shuffleId();
  }

  @Override
  public int numMappers() {
    return dependency().rdd().getNumPartitions();
  }

  @Override
  public int numPartitions() {
    return dependency().partitioner().numPartitions();
  }

  @Override
  public synchronized Future<MapOutputStatistics> mapOutputStatisticsFuture() {
    if (statistics == null) {
      statistics =
          numMappers() == 0
              ? Future$.MODULE$.successful(null)
              : sparkContext().submitMapStage(dependency());
    }
    return statistics;
  }

  /** Tells rows, which are not the records that Spark counts: those are batches. */
  @Override
  public Statistics runtimeStatistics() {
    BigInt rows = BigInt$.MODULE$.apply(longMetric("numOutputRows").value());
    BigInt bytes = BigInt$.MODULE$.apply(longMetric(DATA_SIZE).value());
    return new Statistics(bytes, Option.apply(rows), Statistics.apply$default$3(), false);
  }

  /**
   * Returns batches under the type that rows would have, as Spark reads those of columnar nodes.
   */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public RDD<InternalRow> getShuffleRDD(ShufflePartitionSpec[] partitions) {
    return (RDD) read(partitions);
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    return read(BatchShuffle.everyPartition(numPartitions()));
  }

  private RDD<ColumnarBatch> read(ShufflePartitionSpec[] partitions) {
    return new ShuffledBatchRdd(
        dependency(),
        partitions,
        readMetrics(),
        SparkPipeline.schema(ScalaCollections.list(output())),
        ParquetScan.batchRows(conf()));
  }

  /** Gives rows: where an exchange is a plan's root, no transition may stand above it. */
  @Override
  public RDD<InternalRow> doExecute() {
    return new ColumnarToRowExec(this).execute();
  }

  @Override
  public ShuffleExchangeExec withNewChildInternal(SparkPlan newChild) {
    return new KronosShuffleExchangeExec(
        outputPartitioning(), newChild, shuffleOrigin(), advisoryPartitionSize());
  }

  /** Keeps Spark's exchange of the same parts unequal: nodes are only replaced by others. */
  @Override
  public boolean canEqual(Object other) {
    return other instanceof KronosShuffleExchangeExec;
  }

  @Override
  @SuppressWarnings("EqualsHashCode")
  public boolean equals(Object other) {
    return canEqual(other) && super.equals(other);
  }
}
