// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import dev.kronos.compute.GroupAggregate.Function;
import dev.kronos.expression.Expression;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Makes each request for memory fail in turn: nothing stays behind, and tables are as they were.
 */
class TableExhaustionTest {
  private static final int ROWS = 700;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static DeviceTable table() {
    List<Integer> keys = IntStream.range(0, ROWS).mapToObj(i -> i % 10).toList();
    List<Long> values = IntStream.range(0, ROWS).mapToObj(i -> (long) i).toList();
    try (VectorSchemaRoot rows =
        new VectorSchemaRoot(
            List.of(
                ArrowVectors.of("k", DataType.INT32, keys, open.kronos().allocator()),
                ArrowVectors.of("v", DataType.INT64, values, open.kronos().allocator())))) {
      return DeviceTable.of(open.kronos(), rows);
    }
  }

  /** Reads a table and closes it. */
  private static VectorSchemaRoot rows(DeviceTable made) {
    try (made) {
      return made.read();
    }
  }

  @Test
  void nothingStaysBehind() {
    FailingMemory contract = new FailingMemory(open.kronos(), List.of());
    try (DeviceTable table = table();
        DeviceTable some =
            table.where(Functions.LESS.of(table.column(1), Scalar.of(500L).literal()));
        DeviceTable sums =
            table.select(List.of("k", "v"), List.of(table.column(0), twice(table)))) {
      assertThat(contract.check(() -> rows(some.run()))).isPositive();
      assertThat(contract.check(some::read)).isPositive();
      assertThat(contract.check(sums::read)).isPositive();
      assertThat(contract.check(() -> rows(some.sort(ColumnOrder.descending("k"))))).isPositive();
      assertThat(contract.check(() -> rows(some.first(7)))).isPositive();
      try (DeviceTable groups = sums.groupBy(List.of("k"), List.of())) {
        assertThat(contract.check(() -> rows(some.inner(groups, "k")))).isPositive();
        assertThat(contract.check(() -> rows(groups.full(some, "k")))).isPositive();
      }
    }
  }

  private static Expression twice(DeviceTable table) {
    return Functions.ADD.of(table.column(1), table.column(1));
  }

  @Test
  void groupingsLeaveNothingBehind() {
    FailingMemory contract = new FailingMemory(open.kronos(), List.of());
    try (DeviceTable table = table()) {
      for (Function function : List.of(Function.SUM, Function.VARIANCE, Function.COUNT_DISTINCT)) {
        List<TableAggregate> aggregates =
            List.of(
                TableAggregate.countAll("n"), TableAggregate.of("x", function, table.column(1)));
        assertThat(contract.check(() -> rows(table.groupBy(List.of("k"), aggregates))))
            .isPositive();
      }
    }
  }
}
