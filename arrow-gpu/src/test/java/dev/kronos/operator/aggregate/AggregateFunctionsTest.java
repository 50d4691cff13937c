// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every function of every type with its plain-Java twin, with keys and without. */
class AggregateFunctionsTest {
  private static final List<List<DataType>> TYPES =
      List.of(
          List.of(DataType.INT8, DataType.INT16, DataType.INT32, DataType.INT64),
          List.of(DataType.FLOAT32, DataType.FLOAT64),
          List.of(DataType.STRING),
          List.of(DataType.BOOLEAN, DataType.DATE, DataType.TIMESTAMP, DataType.TIMESTAMP_NTZ),
          List.of(DataType.decimal(7, 2), DataType.decimal(15, 2)),
          List.of(DataType.decimal(28, 6), DataType.decimal(38, 10)));

  private static final int[] ROWS = {0, 1, 255, 256, 257, 4096};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Layouts layouts : Layouts.values()) {
      for (List<DataType> types : TYPES) {
        cases.add(Arguments.of(layouts, types));
      }
    }
    return cases.stream();
  }

  /** Returns all functions of a column. */
  static List<AggregateCall> calls(Expression column) {
    DataType type = column.type();
    List<AggregateCall> calls = new ArrayList<>();
    calls.add(new AggregateCall(Function.COUNT, column, DataType.INT64, ErrorMode.ANSI));
    calls.add(new AggregateCall(Function.SEEN, column, DataType.BOOLEAN, ErrorMode.ANSI));
    for (Function function : List.of(Function.MIN, Function.MAX, Function.FIRST, Function.LAST)) {
      calls.add(new AggregateCall(function, column, type, ErrorMode.ANSI));
    }
    if (type.equals(DataType.FLOAT64)) {
      calls.add(new AggregateCall(Function.MEAN, column, type, ErrorMode.ANSI));
      calls.add(new AggregateCall(Function.DISTANCES, column, type, ErrorMode.ANSI));
    }
    if (type.isIntegral()) {
      calls.add(new AggregateCall(Function.BIT_AND, column, type, ErrorMode.ANSI));
      calls.add(new AggregateCall(Function.BIT_OR, column, type, ErrorMode.ANSI));
      calls.add(new AggregateCall(Function.BIT_XOR, column, type, ErrorMode.ANSI));
    }
    if (type.isDecimal()) {
      DataType sum = DataType.decimal(Math.min(type.precision() + 10, 38), type.scale());
      calls.add(new AggregateCall(Function.SUM, column, sum, ErrorMode.NULL));
    } else if (type.isFloating()) {
      calls.add(new AggregateCall(Function.SUM, column, DataType.FLOAT64, ErrorMode.ANSI));
    } else if (type.isIntegral()) {
      calls.add(new AggregateCall(Function.SUM, column, DataType.INT64, ErrorMode.NULL));
      calls.add(new AggregateCall(Function.SUM, column, DataType.INT64, ErrorMode.WRAP));
    }
    return calls;
  }

  private static AggregateSpec spec(Layouts layouts, List<DataType> types, int keys) {
    List<AggregateCall> calls = new ArrayList<>();
    List<Expression> columns = AggregateRun.columns(types);
    columns.subList(keys, columns.size()).forEach(column -> calls.addAll(calls(column)));
    calls.add(new AggregateCall(Function.COUNT, null, DataType.INT64, ErrorMode.ANSI));
    PipelineSpec source = AggregateRun.source(layouts, types);
    return new AggregateSpec(source, columns.subList(0, keys), calls);
  }

  /** Looks at some rows only: those of which a column of its own says so. */
  @ParameterizedTest
  @MethodSource("cases")
  void underConditions(Layouts layouts, List<DataType> types) {
    List<DataType> all = new ArrayList<>(List.of(DataType.INT32, DataType.BOOLEAN));
    all.addAll(types);
    List<Expression> columns = AggregateRun.columns(all);
    List<AggregateCall> calls = new ArrayList<>();
    columns.subList(2, columns.size()).forEach(column -> calls.addAll(calls(column)));
    calls.add(new AggregateCall(Function.COUNT, null, DataType.INT64, ErrorMode.ANSI));
    List<AggregateCall> some = new ArrayList<>(calls.subList(0, 1));
    calls.forEach(call -> some.add(under(columns.get(1), call)));
    for (int keys = 0; keys < 2; keys++) {
      PipelineSpec source = AggregateRun.source(layouts, all);
      AggregateSpec spec = new AggregateSpec(source, columns.subList(0, keys), some);
      new AggregateRun(open.kronos(), spec).check();
      new AggregateRun(open.kronos(), spec).batch(1, 10, 0).batch(257, 10, 30).check();
      new AggregateRun(open.kronos(), spec).batch(300, 7, 100).batch(4096, 600, 20).check();
    }
  }

  private static AggregateCall under(Expression condition, AggregateCall call) {
    return new AggregateCall(
        call.function(), call.argument(), call.resultType(), call.mode(), condition, List.of());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withoutKeys(Layouts layouts, List<DataType> types) {
    AggregateSpec spec = spec(layouts, types, 0);
    for (int rows : ROWS) {
      new AggregateRun(open.kronos(), spec).batch(rows, 1000, 10).check();
    }
    new AggregateRun(open.kronos(), spec).check();
    new AggregateRun(open.kronos(), spec).batch(300, 5, 100).check();
    new AggregateRun(open.kronos(), spec).batch(300, 5, 0).batch(10_000, 300, 50).check();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void byKey(Layouts layouts, List<DataType> types) {
    List<DataType> all = new ArrayList<>(List.of(DataType.INT32));
    all.addAll(types);
    AggregateSpec spec = spec(layouts, all, 1);
    for (int rows : ROWS) {
      new AggregateRun(open.kronos(), spec).batch(rows, 10, 10).check();
    }
    new AggregateRun(open.kronos(), spec).check();
    new AggregateRun(open.kronos(), spec)
        .batch(3000, 3, 20)
        .batch(10_000, 20_000, 20)
        .batch(257, 7, 100)
        .check();
  }
}
