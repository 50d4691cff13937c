// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reduces columns whose rows are read several at a time, by sizes around a workgroup's rows. */
@Tag("subgroups")
class RowBlocksTest {
  private static final int TILE = RowBlocks.MOST_ROWS * Workgroups.SIZE;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  static Stream<Arguments> columns() {
    List<Arguments> columns = new ArrayList<>();
    for (DataType type : Layouts.TYPES) {
      if (type.kind() != DataType.Kind.STRING) {
        for (Layouts layouts : Layouts.values()) {
          columns.add(Arguments.of(layouts.of(type)));
        }
        columns.add(Arguments.of(ColumnLayout.of(type, Nullability.NON_NULL)));
      }
    }
    return columns.stream();
  }

  private static List<AggregateCall> calls(Expression column) {
    DataType type = column.type();
    List<AggregateCall> calls = new ArrayList<>();
    calls.add(new AggregateCall(Function.COUNT, column, DataType.INT64, ErrorMode.ANSI));
    if (type.isNumeric()) {
      calls.add(new AggregateCall(Function.SUM, column, sum(type), ErrorMode.NULL));
    }
    if (!type.isDecimal() || type.precision() <= 18) {
      calls.add(new AggregateCall(Function.MIN, column, type, ErrorMode.ANSI));
      calls.add(new AggregateCall(Function.MAX, column, type, ErrorMode.ANSI));
    }
    return calls;
  }

  private static DataType sum(DataType type) {
    if (type.isDecimal()) {
      return DataType.decimal(DataType.MAX_PRECISION, type.scale());
    }
    return type.isFloating() ? DataType.FLOAT64 : DataType.INT64;
  }

  private static AggregateSpec spec(List<ColumnLayout> inputs, Filter... filters) {
    ColumnReference value = ColumnReference.to(0, inputs.get(0));
    return new AggregateSpec(new PipelineSpec(inputs, List.of(filters)), List.of(), calls(value));
  }

  private static int rowsAtATime(AggregateSpec spec) {
    return new RowBlocks(new AggregatePlan(open.kronos().device(), spec)).rows();
  }

  @ParameterizedTest
  @MethodSource("columns")
  void allSizes(ColumnLayout layout) {
    AggregateSpec spec = spec(List.of(layout));
    assertThat(rowsAtATime(spec)).isGreaterThan(1);
    int[] nullPercents = layout.nullable() ? new int[] {0, 10, 100} : new int[] {0};
    for (int nulls : nullPercents) {
      for (int rows : new int[] {1, TILE / 2 - 1, TILE - 1, TILE, TILE + 1, 3 * TILE + 77}) {
        new AggregateRun(open.kronos(), spec).batch(rows, 5000, nulls).check();
      }
    }
    new AggregateRun(open.kronos(), spec)
        .batch(0, 5, 0)
        .batch(TILE + 1, 500, nullPercents[nullPercents.length - 1])
        .batch(TILE - 1, 7, 0)
        .check();
  }

  /** Ids of null rows of a dictionary may point anywhere. */
  @Test
  void dictionaries() {
    for (DataType type : List.of(DataType.INT64, DataType.FLOAT32, DataType.decimal(15, 2))) {
      AggregateSpec spec = spec(List.of(Layouts.SPARK.of(type)));
      AggregateRun run = new AggregateRun(open.kronos(), spec).dictionaries(List.of(0));
      run.batch(TILE + 3, 20, 30).batch(TILE, 1, 100).check();
    }
  }

  /** Columns that only rows behind a filter need are read there. */
  @Test
  void filteredRows() {
    List<ColumnLayout> inputs =
        List.of(Layouts.ARROW.of(DataType.FLOAT32), Layouts.ARROW.of(DataType.INT32));
    Expression limit = new Literal(DataType.INT32, 1 << 29);
    Expression compared = ColumnReference.to(1, inputs.get(1));
    Filter filter = new Filter(new Comparison(Comparison.Operator.LT, compared, limit));
    AggregateSpec spec = spec(inputs, filter);
    assertThat(rowsAtATime(spec)).isGreaterThan(1);
    new AggregateRun(open.kronos(), spec).batch(5 * TILE + 9, 5000, 10).check();
  }

  /** Long expressions would make long programs, were several rows written out. */
  @Test
  void longExpressionsTakeRowsOneByOne() {
    List<ColumnLayout> inputs = List.of(Layouts.ARROW.of(DataType.INT64));
    Expression column = ColumnReference.to(0, inputs.get(0));
    Filter[] filters = new Filter[30];
    for (int i = 0; i < filters.length; i++) {
      Expression limit = new Literal(DataType.INT64, Long.MIN_VALUE + i);
      filters[i] = new Filter(new Comparison(Comparison.Operator.GE, column, limit));
    }
    AggregateSpec spec = spec(inputs, filters);
    assertThat(rowsAtATime(spec)).isEqualTo(1);
    new AggregateRun(open.kronos(), spec).batch(TILE + 1, 5000, 10).check();
  }
}
