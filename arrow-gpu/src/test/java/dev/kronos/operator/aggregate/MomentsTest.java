// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compares means and powers of distances from them with exact ones. */
@Tag("subgroups")
class MomentsTest {
  private static final List<DataType> TYPES =
      List.of(
          DataType.INT32,
          DataType.FLOAT64,
          DataType.FLOAT64,
          DataType.FLOAT64,
          DataType.FLOAT64,
          DataType.FLOAT64);

  private static final List<Function> FUNCTIONS =
      List.of(
          Function.MEAN, Function.DISTANCES, Function.CUBED_DISTANCES, Function.FOURTH_DISTANCES);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  /** Groups by the first column, or not at all, of values, or of means, counts and distances. */
  private static AggregateSpec spec(boolean grouped, boolean partial, int order) {
    List<Expression> columns = AggregateRun.columns(TYPES);
    List<Expression> others = partial ? columns.subList(2, 2 + order) : List.of();
    List<AggregateCall> calls = new ArrayList<>();
    for (Function function : FUNCTIONS.subList(0, order)) {
      calls.add(
          new AggregateCall(
              function, columns.get(1), DataType.FLOAT64, ErrorMode.WRAP, null, others));
    }
    return new AggregateSpec(
        AggregateRun.source(Layouts.values()[0], TYPES),
        columns.subList(0, grouped ? 1 : 0),
        calls);
  }

  private static List<Object[]> rows(int count, int groups, IntToDoubleFunction values) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object value = i % 13 == 5 ? null : (Object) values.applyAsDouble(i);
      rows.add(
          new Object[] {i % groups, value, (double) (i % 4), i / 3.0, (i - 500) / 7.0, i / 11.0});
    }
    return rows;
  }

  private static void check(IntToDoubleFunction values) {
    for (int order = 2; order <= 4; order++) {
      for (boolean partial : new boolean[] {false, true}) {
        check(spec(false, partial, order), values);
        check(spec(true, partial, order), values);
      }
    }
  }

  private static void check(AggregateSpec spec, IntToDoubleFunction values) {
    AggregateRun run = new AggregateRun(open.kronos(), spec);
    run.batch(rows(1, 3, values)).batch(rows(257, 3, values)).batch(rows(1000, 90, values));
    run.check();
  }

  @Test
  void valuesOfManySizes() {
    Random random = new Random(7);
    check(i -> random.nextGaussian() * Math.scalb(1.0, random.nextInt(80) - 40));
    check(i -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(1000) - 500));
  }

  @Test
  void littleSpreadAroundALargeMean() {
    Random random = new Random(8);
    check(i -> 1e9 + random.nextDouble());
    check(i -> -1e15 + random.nextInt(3));
  }

  @Test
  void tinyHugeAndSpecialValues() {
    check(i -> i % 2 == 0 ? Double.MIN_VALUE * i : 1e-160 * i);
    check(i -> i % 90 == 3 ? 1e200 : i);
    check(i -> i % 90 == 3 ? Double.NaN : i % 90 == 7 ? Double.POSITIVE_INFINITY : -i);
    check(i -> i % 2 == 0 ? 1e153 : -1.3e153);
    check(i -> i % 2 == 0 ? 1e76 : -1.1e76 * i);
    check(i -> i % 90 == 3 ? 1e103 : -1e102);
    check(i -> 1e-80 * i);
  }

  @Test
  void aValueFarFromManyEqualOnes() {
    check(i -> i == 256 ? 1e30 : 1e-30);
    check(i -> i == 256 ? -7 : 1);
  }

  @Test
  void equalValuesHaveNoSpread() {
    AggregateSpec spec = spec(false, false, 4);
    List<Object[]> rows = rows(1000, 1, i -> 0.1);
    try (HashAggregate aggregate = new HashAggregate(open.kronos(), spec);
        HostTable table =
            new HostTable(open.kronos().allocator(), spec.input().inputs(), rows, List.of())) {
      aggregate.add(table.batch());
      try (ColumnBatch result = aggregate.finish()) {
        assertThat(DeviceRows.of(open.kronos(), result))
            .containsExactly(List.of(0.1, 0.0, 0.0, 0.0));
      }
    }
  }

  @Test
  void nothingAndNulls() {
    new AggregateRun(open.kronos(), spec(false, false, 4)).check();
    new AggregateRun(open.kronos(), spec(true, true, 4)).check();
    List<Object[]> nulls = new ArrayList<>();
    nulls.add(new Object[] {1, null, 0.0, 0.0, 0.0, 0.0});
    nulls.add(new Object[] {2, 0.0, 0.0, 0.0, 0.0, 0.0});
    new AggregateRun(open.kronos(), spec(true, true, 4)).batch(nulls).check();
    new AggregateRun(open.kronos(), spec(false, false, 4)).batch(nulls.subList(0, 1)).check();
  }
}
