// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
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

/** Compares means of pairs and products of distances from them with exact ones. */
@Tag("subgroups")
class PairMomentsTest {
  private static final List<DataType> TYPES =
      List.of(
          DataType.INT32, DataType.FLOAT64, DataType.FLOAT64, DataType.FLOAT64, DataType.FLOAT64);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  /** Groups by the first column, or not at all, of pairs, or of means, counts and distances. */
  private static AggregateSpec spec(boolean grouped, boolean partial) {
    List<Expression> columns = AggregateRun.columns(TYPES);
    Expression left = CaseWhen.orNull(new IsNotNull(columns.get(2)), columns.get(1));
    List<Expression> others = columns.subList(2, partial ? 5 : 3);
    List<AggregateCall> calls = new ArrayList<>();
    for (Function function :
        List.of(Function.LEFT_MEAN, Function.RIGHT_MEAN, Function.CODISTANCES)) {
      calls.add(new AggregateCall(function, left, DataType.FLOAT64, ErrorMode.WRAP, null, others));
    }
    return new AggregateSpec(
        AggregateRun.source(Layouts.values()[0], TYPES),
        columns.subList(0, grouped ? 1 : 0),
        calls);
  }

  private static List<Object[]> rows(int count, int groups, Pairs pairs) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object left = i % 13 == 5 ? null : (Object) pairs.left().applyAsDouble(i);
      Object right = i % 11 == 7 ? null : (Object) pairs.right().applyAsDouble(i);
      rows.add(new Object[] {i % groups, left, right, (double) (i % 4), (i - 500) / 3.0});
    }
    return rows;
  }

  private record Pairs(IntToDoubleFunction left, IntToDoubleFunction right) {}

  private static void check(IntToDoubleFunction left, IntToDoubleFunction right) {
    Pairs pairs = new Pairs(left, right);
    for (boolean grouped : new boolean[] {false, true}) {
      for (boolean partial : new boolean[] {false, true}) {
        AggregateRun run = new AggregateRun(open.kronos(), spec(grouped, partial));
        run.batch(rows(1, 3, pairs)).batch(rows(257, 3, pairs)).batch(rows(1000, 90, pairs));
        run.check();
      }
    }
  }

  @Test
  void valuesOfManySizes() {
    Random random = new Random(7);
    IntToDoubleFunction near =
        i -> random.nextGaussian() * Math.scalb(1.0, random.nextInt(80) - 40);
    IntToDoubleFunction far =
        i -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(1000) - 500);
    check(near, near);
    check(far, near);
    check(far, far);
  }

  @Test
  void littleSpreadAroundLargeMeans() {
    Random random = new Random(8);
    check(i -> 1e9 + random.nextDouble(), i -> -1e12 - random.nextInt(3));
    check(i -> -1e15 + random.nextInt(3), i -> 1e15 + random.nextInt(3));
    check(i -> 1e9 + i, i -> 1e9 - i);
  }

  @Test
  void tinyHugeAndSpecialValues() {
    check(i -> i % 2 == 0 ? Double.MIN_VALUE * i : 1e-160 * i, i -> -1e-160 * i);
    check(i -> i % 90 == 3 ? 1e200 : i, i -> i % 90 == 3 ? -1e200 : i);
    check(i -> i % 90 == 3 ? 1e200 : i, i -> i % 180 == 3 ? -1e200 : 1e200);
    check(i -> (i - 500) * 1e300, i -> 1e-300 * i);
    check(i -> i % 90 == 3 ? Double.NaN : i % 90 == 7 ? Double.POSITIVE_INFINITY : -i, i -> i);
    check(i -> i, i -> i % 90 == 3 ? Double.NEGATIVE_INFINITY : -0.0);
  }

  @Test
  void equalValuesHaveNoSpread() {
    AggregateSpec spec = spec(false, false);
    List<Object[]> rows = rows(1000, 1, new Pairs(i -> 0.1, i -> i * 0.3));
    try (HashAggregate aggregate = new HashAggregate(open.kronos(), spec);
        HostTable table =
            new HostTable(open.kronos().allocator(), spec.input().inputs(), rows, List.of())) {
      aggregate.add(table.batch());
      try (ColumnBatch result = aggregate.finish()) {
        List<Object> only = DeviceRows.of(open.kronos(), result).get(0);
        assertThat(only.get(0)).isEqualTo(0.1);
        assertThat(only.get(2)).isEqualTo(0.0);
      }
    }
  }

  @Test
  void nothingAndNulls() {
    new AggregateRun(open.kronos(), spec(false, false)).check();
    new AggregateRun(open.kronos(), spec(true, true)).check();
    List<Object[]> nulls = new ArrayList<>();
    nulls.add(new Object[] {1, null, 0.0, 0.0, 0.0});
    nulls.add(new Object[] {2, 0.0, 0.0, 0.0, 0.0});
    nulls.add(new Object[] {3, 1.0, null, 2.0, 0.0});
    new AggregateRun(open.kronos(), spec(true, true)).batch(nulls).check();
    new AggregateRun(open.kronos(), spec(false, false)).batch(nulls.subList(0, 1)).check();
  }
}
