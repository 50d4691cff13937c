// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.spark.catalyst.SparkPartitioning;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.columnar.BatchLayouts;
import dev.kronos.spark.shuffle.FrameWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Tells rows to partitions where an executor has no device, one by one and by Spark's classes. */
final class HostPartitions extends PartitionIterator {
  private static final int FRAME_ROWS = 4096;

  private final TaskResources resources = TaskResources.ofTask();
  private final SparkPartitioning.RowPartitioner partitioner;
  private final StructType schema;
  private final List<DataType> types;
  private final BufferAllocator allocator;
  private final FrameWriter writer;
  private final Rows[] partitions;
  private final Iterator<ColumnarBatch> input;
  private boolean ended;

  HostPartitions(
      SparkPartitioning partitioning, NodeMetrics metrics, Iterator<ColumnarBatch> input) {
    super(metrics);
    this.input = input;
    partitioner = partitioning.onHost();
    schema = SparkPipeline.schema(partitioning.input());
    types = BatchLayouts.arrowTypes(schema);
    writer = new FrameWriter(types);
    partitions = new Rows[partitioning.partitions()];
    allocator =
        resources.own(
            ArrowUtils.rootAllocator().newChildAllocator("kronos shuffle", 0, Long.MAX_VALUE));
  }

  @Override
  boolean advance() {
    if (input.hasNext()) {
      ColumnarBatch batch = input.next();
      batch.rowIterator().forEachRemaining(this::put);
      batch.closeIfFreeable();
      return true;
    }
    if (!ended) {
      ended = true;
      for (int p = 0; p < partitions.length; p++) {
        flush(p);
      }
    }
    return false;
  }

  private void put(InternalRow row) {
    int p = partitioner.partition(row);
    if (partitions[p] == null) {
      partitions[p] = resources.own(new Rows());
    }
    Rows rows = partitions[p];
    rows.target.write(row);
    rows.count++;
    if (rows.count == FRAME_ROWS) {
      flush(p);
    }
  }

  private void flush(int partition) {
    Rows rows = partitions[partition];
    if (rows != null && rows.count > 0) {
      rows.target.finish();
      add(partition, writer.write(rows.root.getFieldVectors(), 0, rows.count));
      rows.target.reset();
      rows.count = 0;
    }
  }

  /** Rows of one partition that are not in a frame yet. */
  private final class Rows implements AutoCloseable {
    private final VectorSchemaRoot root;
    private final ArrowWriter target;
    private int count;

    Rows() {
      List<FieldVector> vectors = new ArrayList<>(types.size());
      for (int i = 0; i < types.size(); i++) {
        vectors.add(ArrowColumns.vector(schema.fieldNames()[i], types.get(i), allocator));
      }
      root = new VectorSchemaRoot(vectors);
      target = ArrowWriter.create(root);
    }

    @Override
    public void close() {
      root.close();
    }
  }
}
