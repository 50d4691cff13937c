// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.operator.partition.PartitionBatch;
import dev.kronos.operator.partition.PartitionSpec;
import dev.kronos.operator.partition.PartitionedBatch;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.RowReplay;
import dev.kronos.spark.catalyst.SparkPartitioning;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.columnar.DeviceInput;
import dev.kronos.spark.shuffle.FrameWriter;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Tells rows to partitions on the device. */
final class DevicePartitions extends PartitionIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources = TaskResources.ofTask();
  private final SparkPartitioning partitioning;
  private final NodeMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final PartitionSpec spec;
  private final List<String> names;
  private final DeviceInput door;
  private final BatchDownload download;
  private PartitionBatch operator;

  DevicePartitions(
      SparkPartitioning partitioning, NodeMetrics metrics, Iterator<ColumnarBatch> input) {
    super(metrics);
    this.partitioning = partitioning;
    this.metrics = metrics;
    this.input = input;
    StructType schema = SparkPipeline.schema(partitioning.input());
    spec = partitioning.translate().orThrow();
    names = List.of(schema.fieldNames());
    door = resources.input(schema, metrics);
    download = resources.own(new BatchDownload(kronos));
    resources.onCompletion(() -> metrics.add(download.counters()));
    PartitionBatch.prepare(kronos, spec.over(door.likelyLayouts(input)));
  }

  @Override
  boolean advance() {
    if (!input.hasNext()) {
      return false;
    }
    ColumnarBatch batch = input.next();
    try (PartitionedBatch rows = partitioned(batch)) {
      addFrames(rows);
    } finally {
      batch.closeIfFreeable();
    }
    return true;
  }

  private PartitionedBatch partitioned(ColumnarBatch batch) {
    try (ColumnBatch taken = door.toDevice(batch)) {
      return operator().apply(taken);
    } catch (RowFailure failure) {
      SparkPipeline source = new SparkPipeline(partitioning.input(), List.of());
      throw Failures.ofRow(new RowReplay(source, partitioning.keys()), batch, failure);
    }
  }

  private void addFrames(PartitionedBatch rows) {
    List<FieldVector> vectors = download.download(rows.batch(), names);
    try {
      FrameWriter writer = new FrameWriter(types(rows.batch()));
      for (int p = 0; p < rows.partitions(); p++) {
        if (rows.end(p) > rows.start(p)) {
          add(p, writer.write(vectors, rows.start(p), rows.end(p)));
        }
      }
    } finally {
      vectors.forEach(FieldVector::close);
    }
  }

  private static List<DataType> types(ColumnBatch batch) {
    return batch.columns().stream().map(Column::layout).map(layout -> layout.type()).toList();
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private PartitionBatch operator() {
    if (operator == null) {
      PartitionBatch created = new PartitionBatch(kronos, spec.over(door.layouts()));
      operator = resources.own(created);
      resources.onCompletion(() -> metrics.add(created.counters()));
    }
    return operator;
  }
}
