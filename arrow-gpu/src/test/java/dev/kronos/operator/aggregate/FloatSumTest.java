// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.OpenKronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sums of doubles have the same bits on every device, subgroup size and run. */
@Tag("subgroups")
class FloatSumTest {
  /** The correctly rounded sum of {@link #values}, computed once with big decimals. */
  private static final long SUM_BITS = 0x43d8ec4bb74b9e91L;

  private static List<Object[]> values() {
    Random random = new Random(42);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      double value = (random.nextDouble() - 0.5) * StrictMath.pow(10, random.nextInt(40) - 20);
      rows.add(new Object[] {i % 3, value});
    }
    return rows;
  }

  @Test
  void bitsAreFixed() {
    List<DataType> types = List.of(DataType.INT32, DataType.FLOAT64);
    Expression value = AggregateRun.columns(types).get(1);
    AggregateSpec spec =
        new AggregateSpec(
            AggregateRun.source(Layouts.ARROW, types),
            List.of(),
            List.of(new AggregateCall(Function.SUM, value, DataType.FLOAT64, ErrorMode.ANSI)));
    try (OpenKronos open = new OpenKronos()) {
      for (int run = 0; run < 5; run++) {
        assertThat(Long.toHexString(sumBits(open, spec))).isEqualTo(Long.toHexString(SUM_BITS));
      }
      new AggregateRun(open.kronos(), spec).batch(values()).check();
      List<Expression> key = AggregateRun.columns(types).subList(0, 1);
      AggregateSpec grouped = new AggregateSpec(spec.input(), key, spec.calls());
      new AggregateRun(open.kronos(), grouped).batch(values()).check();
    }
  }

  private static long sumBits(OpenKronos open, AggregateSpec spec) {
    try (HashAggregate aggregate = new HashAggregate(open.kronos(), spec);
        HostTable table =
            new HostTable(open.kronos().allocator(), spec.input().inputs(), values(), List.of())) {
      aggregate.add(table.batch());
      try (ColumnBatch result = aggregate.finish()) {
        Double sum = (Double) DeviceRows.of(open.kronos(), result).get(0).get(0);
        return Double.doubleToRawLongBits(sum);
      }
    }
  }

  /** NaN and infinities decide; opposite infinities give NaN; nothing gives null. */
  @Test
  void specialValues() {
    List<DataType> types = List.of(DataType.INT32, DataType.FLOAT64);
    List<Expression> columns = AggregateRun.columns(types);
    double infinity = Double.POSITIVE_INFINITY;
    Double[][] groups = {
      {1.0, infinity},
      {-infinity, 1.0},
      {infinity, -infinity},
      {Double.NaN, 1.0},
      {Double.NaN, infinity},
      {null, null},
      {-0.0, -0.0},
      {Double.MAX_VALUE, Double.MAX_VALUE},
      {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE},
      {1e300, 1.0, -1e300},
      {Double.MIN_VALUE, Double.MIN_VALUE},
      {1.0, Math.ulp(1.0) / 2, Double.MIN_VALUE}
    };
    List<Object[]> rows = new ArrayList<>();
    for (int group = 0; group < groups.length; group++) {
      for (Double value : groups[group]) {
        rows.add(new Object[] {group, value});
      }
    }
    AggregateSpec spec =
        new AggregateSpec(
            AggregateRun.source(Layouts.SPARK, types),
            columns.subList(0, 1),
            List.of(
                new AggregateCall(Function.SUM, columns.get(1), DataType.FLOAT64, ErrorMode.ANSI)));
    try (OpenKronos open = new OpenKronos()) {
      new AggregateRun(open.kronos(), spec).batch(rows).check();
      for (Double[] group : groups) {
        AggregateSpec single = new AggregateSpec(spec.input(), List.of(), spec.calls());
        List<Object[]> only = new ArrayList<>();
        for (Double value : group) {
          only.add(new Object[] {0, value});
        }
        new AggregateRun(open.kronos(), single).batch(only).check();
      }
    }
  }

  /** Floats are added as such where nothing is before them but their widening. */
  @Test
  void floatsOfAllKinds() {
    float infinity = Float.POSITIVE_INFINITY;
    Float[][] groups = {
      {1.0f, infinity},
      {-infinity, 1.0f},
      {infinity, -infinity},
      {Float.NaN, 1.0f},
      {Float.intBitsToFloat(0xFFC0_1234), infinity},
      {null, null},
      {-0.0f, -0.0f, null},
      {Float.MAX_VALUE, Float.MAX_VALUE, 1.0f},
      {Float.MAX_VALUE, Float.MIN_VALUE, -Float.MAX_VALUE},
      {Float.MIN_VALUE, Float.MIN_VALUE},
      {-Float.MIN_NORMAL, Float.MIN_VALUE, Float.MIN_NORMAL},
      {1.0f, Math.ulp(1.0f) / 2, Float.MIN_VALUE}
    };
    List<DataType> types = List.of(DataType.FLOAT32);
    Expression column = AggregateRun.columns(types).get(0);
    Expression widened = new Cast(column, DataType.FLOAT64, ErrorMode.ANSI);
    try (OpenKronos open = new OpenKronos()) {
      for (Expression argument : List.of(column, widened)) {
        AggregateSpec spec =
            new AggregateSpec(
                AggregateRun.source(Layouts.SPARK, types),
                List.of(),
                List.of(
                    new AggregateCall(Function.SUM, argument, DataType.FLOAT64, ErrorMode.ANSI),
                    new AggregateCall(Function.MIN, column, DataType.FLOAT32, ErrorMode.ANSI),
                    new AggregateCall(Function.MAX, column, DataType.FLOAT32, ErrorMode.ANSI)));
        for (Float[] group : groups) {
          List<Object[]> rows = new ArrayList<>();
          for (int i = 0; i < 3000; i++) {
            rows.add(new Object[] {group[i % group.length]});
          }
          new AggregateRun(open.kronos(), spec).batch(rows).check();
        }
      }
    }
  }
}
