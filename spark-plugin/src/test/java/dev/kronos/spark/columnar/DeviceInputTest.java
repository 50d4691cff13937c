// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Validity;
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
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends batches of both kinds, in both orders, through one door. */
class DeviceInputTest {
  private static final StructType SCHEMA = TypeSamples.schema(TypeSamples.TYPES);
  private static Kronos kronos;
  private static BatchDownload download;

  @BeforeAll
  static void open() {
    kronos = Kronos.open(KronosOptions.fromEnvironment());
    ExecutorMemory.install(kronos.memory());
    download = new BatchDownload(kronos);
  }

  @AfterAll
  static void close() {
    download.close();
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

  private static RowBatches rows(int count) {
    Random random = new Random(count);
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object[] values = new Object[TypeSamples.TYPES.size()];
      for (int c = 0; c < values.length; c++) {
        boolean isNull = random.nextInt(5) == 0;
        values[c] = isNull ? null : TypeSamples.value(TypeSamples.TYPES.get(c), random);
      }
      rows.add(new GenericInternalRow(values));
    }
    return new RowBatches(rows.iterator(), SCHEMA, Math.max(count, 1));
  }

  /** Makes results of an operator from a batch of the host; the caller closes them. */
  private static ColumnarBatch resident(ColumnarBatch batch) {
    try (DeviceInput door = new DeviceInput(kronos, SCHEMA);
        ColumnBatch taken = door.toDevice(batch);
        ProjectBatch copy = new ProjectBatch(kronos, identity(door.layouts()))) {
      return SparkBatches.of(download, copy.apply(taken), SCHEMA);
    }
  }

  private static void assertEqual(ColumnarBatch actual, ColumnarBatch expected) {
    assertThat(actual.numRows()).isEqualTo(expected.numRows());
    for (int c = 0; c < expected.numCols(); c++) {
      for (int row = 0; row < expected.numRows(); row++) {
        assertThat(HostValues.of(actual.column(c), row))
            .as("%s, row %s", SCHEMA.fields()[c], row)
            .isEqualTo(HostValues.of(expected.column(c), row));
      }
    }
  }

  /** Runs a batch through a door and an operator that was compiled for the door's layouts. */
  private static void assertPasses(DeviceInput door, ColumnarBatch sent, ColumnarBatch expected) {
    try (ColumnBatch taken = door.toDevice(sent);
        ProjectBatch copy = new ProjectBatch(kronos, identity(door.layouts()))) {
      ColumnarBatch back = SparkBatches.of(download, copy.apply(taken), SCHEMA);
      assertEqual(back, expected);
      back.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 257, 4097})
  void eitherKindMayComeFirst(int count) {
    try (RowBatches first = rows(count);
        RowBatches second = rows(count + 1);
        DeviceInput hostFirst = new DeviceInput(kronos, SCHEMA);
        DeviceInput deviceFirst = new DeviceInput(kronos, SCHEMA)) {
      ColumnarBatch onHost = first.next();
      ColumnarBatch other = second.next();
      ColumnarBatch onDevice = resident(other);
      assertPasses(hostFirst, onHost, onHost);
      assertPasses(hostFirst, onDevice, other);
      assertPasses(deviceFirst, onDevice, other);
      assertPasses(deviceFirst, onHost, onHost);
      assertThat(hostFirst.layouts()).allMatch(l -> l.validity() == Validity.BYTES);
      assertThat(deviceFirst.layouts()).allMatch(l -> l.validity() == Validity.BITS);
      onDevice.close();
    }
  }

  @Test
  void resultsAreTakenInPlace() {
    try (RowBatches batches = rows(300);
        DeviceInput door = new DeviceInput(kronos, SCHEMA)) {
      ColumnarBatch results = resident(batches.next());
      long before = door.counters().transfers();
      try (ColumnBatch taken = door.toDevice(results)) {
        for (int c = 0; c < results.numCols(); c++) {
          Column own = ((DeviceColumnVector) results.column(c)).column();
          assertThat(taken.columns().get(c).values().deviceAddress())
              .isEqualTo(own.values().deviceAddress());
        }
        assertThat(door.counters().transfers()).isEqualTo(before);
        assertThat(kronos.allocator().getAllocatedMemory()).as("nothing came to the host").isZero();
        results.close();
        results.close();
        assertThat(taken.columns().get(0).values().buffer().references()).isPositive();
      }
    }
  }

  @Test
  void oneColumnBringsTheBatchAndTheLastOneFreesIt() {
    try (RowBatches batches = rows(20)) {
      ColumnarBatch host = batches.next();
      ColumnarBatch results = resident(host);
      assertThat(HostValues.of(results.column(0), 3)).isEqualTo(HostValues.of(host.column(0), 3));
      long held = kronos.allocator().getAllocatedMemory();
      assertThat(held).isPositive();
      for (int c = 0; c < results.numCols() - 1; c++) {
        ColumnVector column = results.column(c);
        column.close();
        column.close();
      }
      assertThat(kronos.allocator().getAllocatedMemory()).isEqualTo(held);
      assertEqualLast(results, host);
      results.close();
    }
  }

  private static void assertEqualLast(ColumnarBatch results, ColumnarBatch host) {
    int last = results.numCols() - 1;
    for (int row = 0; row < host.numRows(); row++) {
      assertThat(HostValues.of(results.column(last), row))
          .isEqualTo(HostValues.of(host.column(last), row));
    }
  }

  @Test
  void batchesWithoutColumnsCountRows() {
    try (DeviceInput door = new DeviceInput(kronos, new StructType());
        ColumnBatch taken = door.toDevice(new ColumnarBatch(new ColumnVector[0], 42))) {
      assertThat(taken.rows()).isEqualTo(42);
    }
  }
}
