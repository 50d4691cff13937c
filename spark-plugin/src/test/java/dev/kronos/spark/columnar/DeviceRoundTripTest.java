// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnLayout;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.vectorized.ColumnVectorUtils;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sends batches to a device, lets a kernel copy them, and brings them back. */
class DeviceRoundTripTest {
  private static final StructType SCHEMA = TypeSamples.schema(TypeSamples.TYPES);
  private static Kronos kronos;

  @BeforeAll
  static void open() {
    kronos = Kronos.open(KronosOptions.fromEnvironment());
    ExecutorMemory.install(kronos.memory());
  }

  @AfterAll
  static void close() {
    ExecutorMemory.uninstall();
    kronos.close();
  }

  @AfterEach
  void nothingIsHeld() {
    assertThat(kronos.allocator().getAllocatedMemory()).isZero();
  }

  private static PipelineSpec identity(List<ColumnLayout> layouts) {
    List<Expression> all = new ArrayList<>();
    for (int i = 0; i < layouts.size(); i++) {
      all.add(new ColumnReference(i, layouts.get(i).type(), layouts.get(i).nullable()));
    }
    return new PipelineSpec(layouts, List.of(new Project(all)));
  }

  /** Compares what comes back with what the batch's own vectors hold. */
  private static void roundTrip(StructType schema, ColumnarBatch batch) {
    try (BatchBridge bridge = new BatchBridge(kronos.memory(), schema);
        ProjectBatch copy = new ProjectBatch(kronos, identity(bridge.layouts()));
        BatchDownload download = new BatchDownload(kronos)) {
      ColumnarBatch back = SparkBatches.of(download, copy.apply(bridge.toHost(batch)), schema);
      assertThat(back.numRows()).isEqualTo(batch.numRows());
      for (int c = 0; c < batch.numCols(); c++) {
        for (int row = 0; row < batch.numRows(); row++) {
          assertThat(HostValues.of(back.column(c), row))
              .as("%s, row %s", schema.fields()[c], row)
              .isEqualTo(HostValues.of(batch.column(c), row));
        }
      }
      back.close();
      back.close();
    }
  }

  @Test
  void rowsOfAllTypes() {
    Random random = new Random(3);
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      rows.add(row(random));
    }
    try (RowBatches batches = new RowBatches(rows.iterator(), SCHEMA, 300)) {
      while (batches.hasNext()) {
        roundTrip(SCHEMA, batches.next());
      }
    }
  }

  private static InternalRow row(Random random) {
    Object[] values = new Object[TypeSamples.TYPES.size()];
    for (int c = 0; c < values.length; c++) {
      boolean isNull = random.nextInt(5) == 0;
      values[c] = isNull ? null : TypeSamples.value(TypeSamples.TYPES.get(c), random);
    }
    return new GenericInternalRow(values);
  }

  @Test
  void constantsOfAllTypes() {
    Random random = new Random(4);
    for (int i = 0; i < 4; i++) {
      InternalRow row = row(random);
      ColumnVector[] vectors = new ColumnVector[TypeSamples.TYPES.size()];
      for (int c = 0; c < vectors.length; c++) {
        ConstantColumnVector vector = new ConstantColumnVector(40, TypeSamples.TYPES.get(c));
        ColumnVectorUtils.populate(vector, row, c);
        vectors[c] = vector;
      }
      roundTrip(SCHEMA, new ColumnarBatch(vectors, 40));
    }
  }

  @Test
  void dictionaries() {
    List<DataType> types =
        List.of(
            DataTypes.StringType,
            DataTypes.BinaryType,
            DataTypes.ByteType,
            DataTypes.ShortType,
            DataTypes.IntegerType,
            DataTypes.LongType,
            DataTypes.FloatType,
            DataTypes.DoubleType,
            DataTypes.DateType,
            DataTypes.createDecimalType(9, 2),
            DataTypes.createDecimalType(18, 2),
            DataTypes.createDecimalType(30, 2));
    StructType schema = TypeSamples.schema(types);
    ColumnVector[] vectors = new ColumnVector[types.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = encoded(types.get(c));
    }
    try (ColumnarBatch batch = new ColumnarBatch(vectors, 60)) {
      roundTrip(schema, batch);
    }
  }

  private static PoolColumnVector encoded(DataType type) {
    PoolColumnVector vector = new PoolColumnVector(kronos.memory(), 60, type);
    WritableColumnVector ids = vector.reserveDictionaryIds(60);
    for (int row = 0; row < 60; row++) {
      if (row % 7 == 3) {
        vector.putNull(row);
        ids.putInt(row, 12345);
      } else {
        ids.putInt(row, row % 4);
      }
    }
    vector.setDictionary(new SampleDictionary("one", "eleven", "a", "\u00e4\u20ac"));
    return vector;
  }
}
