// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.OpenKronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.ReferenceAggregate;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("subgroups")
class HashAggregateTest {
  private static final DataType MONEY = DataType.decimal(15, 2);

  private static final List<ColumnLayout> LINES =
      List.of(
          ColumnLayout.of(MONEY, Nullability.NULLABLE),
          ColumnLayout.of(MONEY, Nullability.NULLABLE),
          ColumnLayout.of(DataType.DATE, Nullability.NULLABLE));

  private static final Expression PRICE = new ColumnReference(0, MONEY, true);
  private static final Expression DISCOUNT = new ColumnReference(1, MONEY, true);
  private static final Expression DAY = new ColumnReference(2, DataType.DATE, true);

  private static List<Object[]> lines(int rows, long seed) {
    Random random = new Random(seed);
    List<Object[]> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      lines.add(
          new Object[] {
            random.nextInt(20) == 0 ? null : BigInteger.valueOf(random.nextInt(10_000_000)),
            BigInteger.valueOf(random.nextInt(11)),
            8000 + random.nextInt(1000)
          });
    }
    return lines;
  }

  /** The shape of TPC-H Q6: one dispatch a batch. */
  @Test
  void filteredSumTakesOneDispatchABatch() {
    DataType product = DataType.decimal(31, 4);
    Expression revenue =
        new Arithmetic(Arithmetic.Operator.MULTIPLY, PRICE, DISCOUNT, product, ErrorMode.ANSI);
    Expression condition =
        new Comparison(Comparison.Operator.LT, DAY, new Literal(DataType.DATE, 8500));
    AggregateSpec spec =
        new AggregateSpec(
            new PipelineSpec(LINES, List.of(new Filter(condition))),
            List.of(),
            List.of(
                new AggregateCall(Function.SUM, revenue, DataType.decimal(38, 4), ErrorMode.ANSI),
                new AggregateCall(Function.COUNT, null, DataType.INT64, ErrorMode.ANSI)));
    ReferenceAggregate twin = new ReferenceAggregate(spec);
    try (OpenKronos open = new OpenKronos();
        HashAggregate aggregate = new HashAggregate(open.kronos(), spec)) {
      for (int batch = 0; batch < 3; batch++) {
        List<Object[]> rows = lines(4097, batch);
        twin.add(rows);
        try (HostTable table = new HostTable(open.kronos().allocator(), LINES, rows, List.of())) {
          aggregate.add(table.batch());
        }
      }
      OperatorCounters counters = aggregate.counters();
      assertThat(counters.stream().dispatches()).isEqualTo(3);
      try (ColumnBatch result = aggregate.finish()) {
        assertThat(DeviceRows.of(open.kronos(), result)).isEqualTo(twin.finish());
      }
      assertThat(counters.filterRows().get(0)).isPositive();
    }
  }

  /** The first pass over a batch tells about how many groups there are, the second takes all. */
  @Test
  void manyGroupsTakeTwoPasses() {
    List<ColumnLayout> layouts = List.of(ColumnLayout.of(DataType.INT64, Nullability.NON_NULL));
    Expression key = new ColumnReference(0, DataType.INT64, false);
    AggregateSpec spec =
        new AggregateSpec(
            new PipelineSpec(layouts, List.of()),
            List.of(key),
            List.of(new AggregateCall(Function.COUNT, null, DataType.INT64, ErrorMode.ANSI)));
    List<Object[]> rows = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 200_000; i++) {
      rows.add(new Object[] {random.nextLong(60_000)});
    }
    ReferenceAggregate twin = new ReferenceAggregate(spec);
    twin.add(rows);
    try (OpenKronos open = new OpenKronos();
        HashAggregate aggregate = new HashAggregate(open.kronos(), spec);
        HostTable table = new HostTable(open.kronos().allocator(), layouts, rows, List.of())) {
      aggregate.add(table.batch());
      // Both passes, and the move of the groups that the first one found.
      assertThat(aggregate.counters().stream().dispatches()).isEqualTo(3);
      try (ColumnBatch result = aggregate.finish()) {
        assertThat(new HashSet<>(DeviceRows.of(open.kronos(), result)))
            .isEqualTo(new HashSet<>(twin.finish()));
        assertThat(result.rows()).isGreaterThan(50_000);
      }
    }
  }
}
