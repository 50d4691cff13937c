// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.column.HostBatch;
import dev.kronos.memory.MemoryPools;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.execution.vectorized.ColumnVectorUtils;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Describes batches of every kind of vector and reads them back as kernels do. */
class BatchBridgeTest {
  private static final StructType SCHEMA = TypeSamples.schema(TypeSamples.TYPES);
  private static final int ROWS = 333;

  private final MemoryPools pools = PlainMemory.pools();

  @BeforeEach
  void usePlainMemory() {
    ExecutorMemory.install(pools);
  }

  @AfterEach
  void nothingIsHeld() {
    ExecutorMemory.uninstall();
    PlainMemory.closeEmpty(pools);
  }

  private static List<InternalRow> rows(int count, long seed) {
    Random random = new Random(seed);
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object[] values = new Object[TypeSamples.TYPES.size()];
      for (int c = 0; c < values.length; c++) {
        boolean isNull = random.nextInt(5) == 0;
        values[c] = isNull ? null : TypeSamples.value(TypeSamples.TYPES.get(c), random);
      }
      rows.add(new GenericInternalRow(values));
    }
    return rows;
  }

  /** Compares a described batch with rows {@code first} and on. */
  private static void compare(HostBatch batch, List<InternalRow> rows, int first) {
    try (OnHeapVectors expected = new OnHeapVectors(rows.subList(first, first + batch.rows()))) {
      for (int c = 0; c < TypeSamples.TYPES.size(); c++) {
        for (int row = 0; row < batch.rows(); row++) {
          assertThat(HostValues.of(batch.columns().get(c), row))
              .as("column %s, row %s", TypeSamples.TYPES.get(c), row)
              .isEqualTo(HostValues.of(expected.vectors[c], row));
        }
      }
    }
  }

  /** Holds rows in Spark's own vectors. */
  private static final class OnHeapVectors implements AutoCloseable {
    private final WritableColumnVector[] vectors = OnHeapColumnVector.allocateColumns(ROWS, SCHEMA);

    OnHeapVectors(List<InternalRow> rows) {
      for (int c = 0; c < vectors.length; c++) {
        RowWriter writer = RowWriter.of(TypeSamples.TYPES.get(c));
        for (int row = 0; row < rows.size(); row++) {
          if (rows.get(row).isNullAt(c)) {
            vectors[c].putNull(row);
          } else {
            writer.write(rows.get(row), c, vectors[c], row);
          }
        }
      }
    }

    @Override
    public void close() {
      for (WritableColumnVector vector : vectors) {
        vector.close();
      }
    }
  }

  @Test
  void rowsGatheredInPoolMemory() {
    List<InternalRow> rows = rows(ROWS, 1);
    int seen = 0;
    try (RowBatches batches = new RowBatches(rows.iterator(), SCHEMA, 300);
        BatchBridge bridge = new BatchBridge(pools, SCHEMA)) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        assertThat(batch.column(0)).isInstanceOf(PoolColumnVector.class);
        compare(bridge.toHost(batch), rows, seen);
        seen += batch.numRows();
      }
    }
    assertThat(seen).isEqualTo(ROWS);
  }

  @Test
  void rowsGatheredWhereThereIsNoDevice() {
    ExecutorMemory.uninstall();
    List<InternalRow> rows = rows(ROWS, 2);
    try (RowBatches batches = new RowBatches(rows.iterator(), SCHEMA, 1000)) {
      ColumnarBatch batch = batches.next();
      assertThat(batch.numRows()).isEqualTo(ROWS);
      assertThat(batch.column(0)).isInstanceOf(OnHeapColumnVector.class);
    }
  }

  @Test
  void vectorsOfSpark() {
    List<InternalRow> rows = rows(ROWS, 3);
    try (OnHeapVectors vectors = new OnHeapVectors(rows);
        BatchBridge bridge = new BatchBridge(pools, SCHEMA)) {
      compare(bridge.toHost(new ColumnarBatch(vectors.vectors, ROWS)), rows, 0);
      compare(bridge.toHost(new ColumnarBatch(vectors.vectors, ROWS)), rows, 0);
    }
  }

  @Test
  void constants() {
    for (InternalRow row : rows(20, 4)) {
      ColumnVector[] vectors = new ColumnVector[TypeSamples.TYPES.size()];
      for (int c = 0; c < vectors.length; c++) {
        ConstantColumnVector vector = new ConstantColumnVector(50, TypeSamples.TYPES.get(c));
        ColumnVectorUtils.populate(vector, row, c);
        vectors[c] = vector;
      }
      try (BatchBridge bridge = new BatchBridge(pools, SCHEMA)) {
        compare(
            bridge.toHost(new ColumnarBatch(vectors, 50)),
            java.util.Collections.nCopies(50, row),
            0);
      }
    }
  }

  @Test
  void arrowVectors() {
    List<InternalRow> rows = rows(ROWS, 5);
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root =
            VectorSchemaRoot.create(
                ArrowUtils.toArrowSchema(SCHEMA, "UTC", true, false), allocator);
        BatchBridge bridge = new BatchBridge(pools, SCHEMA)) {
      ArrowWriter writer = ArrowWriter.create(root);
      rows.forEach(writer::write);
      writer.finish();
      ColumnVector[] vectors =
          root.getFieldVectors().stream()
              .map((FieldVector vector) -> new ArrowColumnVector(vector))
              .toArray(ColumnVector[]::new);
      compare(bridge.toHost(new ColumnarBatch(vectors, ROWS)), rows, 0);
    }
  }

  @Test
  void emptyBatchesAndNoColumns() {
    try (BatchBridge bridge = new BatchBridge(pools, SCHEMA);
        OnHeapVectors vectors = new OnHeapVectors(List.of())) {
      assertThat(bridge.toHost(new ColumnarBatch(vectors.vectors, 0)).rows()).isZero();
    }
    try (BatchBridge bridge = new BatchBridge(pools, new StructType())) {
      HostBatch counted = bridge.toHost(new ColumnarBatch(new ColumnVector[0], 17));
      assertThat(counted.rows()).isEqualTo(17);
      assertThat(counted.columns()).isEmpty();
    }
  }

  @Test
  void mistakesAreNamed() {
    try (BatchBridge bridge = new BatchBridge(pools, SCHEMA)) {
      ColumnarBatch narrow = new ColumnarBatch(new ColumnVector[0], 1);
      assertThatThrownBy(() -> bridge.toHost(narrow))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("expected=16");
    }
    DataType nested = DataTypes.createArrayType(DataTypes.LongType);
    StructType schema = new StructType().add("list", nested);
    assertThatThrownBy(() -> new BatchBridge(pools, schema))
        .isInstanceOf(KronosException.Unsupported.class)
        .hasMessageContaining("array<bigint>");
    assertThat(BatchLayouts.unsupported(schema))
        .hasValueSatisfying(r -> assertThat(r).contains("list"));
  }
}
