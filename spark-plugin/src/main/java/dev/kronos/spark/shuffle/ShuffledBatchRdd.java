// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.Partition;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.shuffle.ShuffleReader;
import org.apache.spark.sql.execution.CoalescedMapperPartitionSpec;
import org.apache.spark.sql.execution.CoalescedPartitionSpec;
import org.apache.spark.sql.execution.PartialMapperPartitionSpec;
import org.apache.spark.sql.execution.PartialReducerPartitionSpec;
import org.apache.spark.sql.execution.ShufflePartitionSpec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLShuffleReadMetricsReporter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Reads batches that another stage wrote: whole partitions, several as one, or a part of one, as
 * adaptive execution decides.
 */
public final class ShuffledBatchRdd extends RDD<ColumnarBatch> {
  private static final long serialVersionUID = 1L;

  private final ShuffleDependency<Integer, ColumnarBatch, ColumnarBatch> dependency;
  private final ShufflePartitionSpec[] specs;
  private final Map<String, SQLMetric> metrics;
  private final StructType schema;
  private final int batchRows;

  /**
   * Creates an RDD.
   *
   * @param dependency on the stage that writes
   * @param specs what each partition reads
   * @param metrics of reading, by Spark's names
   * @param schema the columns
   * @param batchRows rows to which small batches are joined, 1 or more
   */
  public ShuffledBatchRdd(
      ShuffleDependency<Integer, ColumnarBatch, ColumnarBatch> dependency,
      ShufflePartitionSpec[] specs,
      Map<String, SQLMetric> metrics,
      StructType schema,
      int batchRows) {
    super(
        dependency.rdd().context(),
        ScalaCollections.<Dependency<?>>seq(List.of(dependency)),
        ClassTag$.MODULE$.apply(ColumnarBatch.class));
    this.dependency = dependency;
    this.specs = specs.clone();
    this.metrics = metrics;
    this.schema = schema;
    this.batchRows = batchRows;
  }

  /** Names what one task reads. */
  private record Part(int index, ShufflePartitionSpec spec) implements Partition {
    @Override
    public int hashCode() {
      return index;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Part part && part.index == index && part.spec.equals(spec);
    }
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] parts = new Partition[specs.length];
    for (int i = 0; i < specs.length; i++) {
      parts[i] = new Part(i, specs[i]);
    }
    return parts;
  }

  /** Returns where most of the data of a partition, or all of a map task's, lie. */
  @Override
  public Seq<String> getPreferredLocations(Partition split) {
    MapOutputTrackerMaster tracker = (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
    ShufflePartitionSpec spec = ((Part) split).spec();
    if (spec instanceof PartialMapperPartitionSpec s) {
      return tracker.getMapLocation(dependency, s.mapIndex(), s.mapIndex() + 1);
    }
    if (spec instanceof CoalescedMapperPartitionSpec s) {
      return tracker.getMapLocation(dependency, s.startMapIndex(), s.endMapIndex());
    }
    if (spec instanceof PartialReducerPartitionSpec s) {
      return tracker.getMapLocation(dependency, s.startMapIndex(), s.endMapIndex());
    }
    CoalescedPartitionSpec coalesced = (CoalescedPartitionSpec) spec;
    java.util.Set<String> hosts = new java.util.LinkedHashSet<>();
    for (int i = coalesced.startReducerIndex(); i < coalesced.endReducerIndex(); i++) {
      hosts.addAll(ScalaCollections.list(tracker.getPreferredLocationsForShuffle(dependency, i)));
    }
    return ScalaCollections.seq(List.copyOf(hosts));
  }

  @Override
  public Iterator<ColumnarBatch> compute(Partition split, TaskContext context) {
    SQLShuffleReadMetricsReporter reporter =
        new SQLShuffleReadMetricsReporter(
            context.taskMetrics().createTempShuffleReadMetrics(), metrics);
    ShuffleReader<Integer, ColumnarBatch> reader = reader(((Part) split).spec(), context, reporter);
    return CollectionConverters.asScala(
        new JoinedFrames(CollectionConverters.asJava(reader.read()), schema, batchRows));
  }

  private ShuffleReader<Integer, ColumnarBatch> reader(
      ShufflePartitionSpec spec, TaskContext context, SQLShuffleReadMetricsReporter reporter) {
    Blocks blocks = Blocks.of(spec);
    return SparkEnv.get()
        .shuffleManager()
        .getReader(
            dependency.shuffleHandle(),
            blocks.startMap(),
            blocks.endMap(),
            blocks.startPartition(),
            blocks.endPartition(),
            context,
            reporter);
  }

  /** Names a range of what map tasks wrote; ends are excluded. */
  private record Blocks(int startMap, int endMap, int startPartition, int endPartition) {
    static Blocks of(ShufflePartitionSpec spec) {
      if (spec instanceof CoalescedPartitionSpec s) {
        return new Blocks(0, Integer.MAX_VALUE, s.startReducerIndex(), s.endReducerIndex());
      }
      if (spec instanceof PartialReducerPartitionSpec s) {
        return new Blocks(
            s.startMapIndex(), s.endMapIndex(), s.reducerIndex(), s.reducerIndex() + 1);
      }
      if (spec instanceof PartialMapperPartitionSpec s) {
        return new Blocks(
            s.mapIndex(), s.mapIndex() + 1, s.startReducerIndex(), s.endReducerIndex());
      }
      if (spec instanceof CoalescedMapperPartitionSpec s) {
        return new Blocks(s.startMapIndex(), s.endMapIndex(), 0, s.numReducers());
      }
      throw new IllegalArgumentException("unknown partition of a shuffle: spec=" + spec);
    }
  }
}
