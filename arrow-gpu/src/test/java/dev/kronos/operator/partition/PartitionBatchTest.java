// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceProject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares rows and starts of partitions with those that the twin of the expressions tells. */
@Tag("subgroups")
class PartitionBatchTest {
  private static final int[] ROWS = {0, 1, 255, 256, 257, 4096, 20_000};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static List<Object[]> rows(List<ColumnLayout> layouts, int rows, int nullPercent) {
    RandomValues values = new RandomValues(rows);
    List<Object[]> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      batch.add(layouts.stream().map(l -> values.next(l.type(), 500, nullPercent)).toArray());
    }
    return batch;
  }

  private static List<Expression> keys(List<ColumnLayout> layouts) {
    List<Expression> keys = new ArrayList<>();
    for (int i = 0; i < layouts.size(); i++) {
      keys.add(new ColumnReference(i, layouts.get(i).type(), true));
    }
    return keys;
  }

  /** Sorts the twin's rows by their last value, the partition, in a stable way. */
  private static void check(PartitionBatch operator, PartitionSpec spec, List<Object[]> rows) {
    List<List<List<Object>>> partitions = new ArrayList<>();
    for (int p = 0; p < spec.partitions(); p++) {
      partitions.add(new ArrayList<>());
    }
    for (List<Object> row : new ReferenceProject(spec.pipeline()).apply(rows)) {
      int last = row.size() - 1;
      partitions.get((Integer) row.get(last)).add(row.subList(0, last));
    }
    try (HostTable table =
            new HostTable(
                open.kronos().allocator(), spec.pipeline().inputs(), rows, List.<Integer>of());
        Stream stream = open.kronos().newStream();
        ColumnBatch uploaded = new BatchUpload(open.kronos(), stream).upload(table.batch())) {
      stream.submit().await();
      try (PartitionedBatch result = operator.apply(uploaded)) {
        List<List<Object>> all = DeviceRows.of(open.kronos(), result.batch());
        assertThat(result.partitions()).isEqualTo(spec.partitions());
        assertThat(result.start(0)).isZero();
        for (int p = 0; p < spec.partitions(); p++) {
          assertThat(all.subList(result.start(p), result.end(p))).isEqualTo(partitions.get(p));
        }
        assertThat(result.end(spec.partitions() - 1)).isEqualTo(all.size());
      }
    }
  }

  /** Every type is hashed and taken, in few and in many partitions. */
  @ParameterizedTest
  @EnumSource(Layouts.class)
  void rowsOfEveryTypeComeTogether(Layouts layouts) {
    List<ColumnLayout> columns = Layouts.TYPES.stream().map(layouts::of).toList();
    long buffers = open.kronos().memory().outstandingBuffers();
    for (int partitions : new int[] {2, 13, 300}) {
      PartitionSpec spec = PartitionSpec.byHash(columns, keys(columns), partitions);
      try (PartitionBatch operator = new PartitionBatch(open.kronos(), spec)) {
        for (int rows : ROWS) {
          check(operator, spec, rows(columns, rows, 15));
        }
        check(operator, spec, rows(columns, 1000, 100));
      }
    }
    assertThat(open.kronos().memory().outstandingBuffers()).isEqualTo(buffers);
  }

  @Test
  void onePartitionKeepsTheOrder() {
    List<ColumnLayout> columns = Layouts.TYPES.stream().map(Layouts.SPARK::of).toList();
    PartitionSpec spec = PartitionSpec.single(columns);
    try (PartitionBatch operator = new PartitionBatch(open.kronos(), spec)) {
      check(operator, spec, rows(columns, 0, 15));
      check(operator, spec, rows(columns, 4096, 15));
    }
  }

  @Test
  void refusesWhatIsNoPartitioning() {
    List<ColumnLayout> columns = List.of(Layouts.SPARK.of(DataType.INT64));
    assertThatThrownBy(() -> PartitionSpec.byHash(columns, List.of(), 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PartitionSpec.byHash(columns, keys(columns), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
