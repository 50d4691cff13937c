// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.operator.Layouts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups by keys of every type, by several keys, few groups and many. */
@Tag("subgroups")
class GroupKeysTest {
  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static AggregateSpec spec(Layouts layouts, List<DataType> keys) {
    List<DataType> types = new ArrayList<>(keys);
    types.add(DataType.INT64);
    List<Expression> columns = AggregateRun.columns(types);
    Expression value = columns.get(keys.size());
    return new AggregateSpec(
        AggregateRun.source(layouts, types),
        columns.subList(0, keys.size()),
        List.of(
            new AggregateCall(Function.COUNT, null, DataType.INT64, ErrorMode.ANSI),
            new AggregateCall(Function.SUM, value, DataType.INT64, ErrorMode.WRAP)));
  }

  static Stream<DataType> types() {
    return Layouts.TYPES.stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void oneKey(DataType type) {
    AggregateSpec spec = spec(Layouts.SPARK, List.of(type));
    new AggregateRun(open.kronos(), spec).check();
    new AggregateRun(open.kronos(), spec).batch(1, 1, 0).check();
    new AggregateRun(open.kronos(), spec).batch(257, 4, 20).batch(0, 1, 0).check();
    new AggregateRun(open.kronos(), spec)
        .batch(3000, 3000, 5)
        .batch(20_000, 20_000, 5)
        .batch(100, 20_000, 100)
        .check();
  }

  @ParameterizedTest
  @EnumSource(Layouts.class)
  void severalKeysWithDictionaries(Layouts layouts) {
    AggregateSpec spec =
        spec(
            layouts,
            List.of(DataType.STRING, DataType.decimal(38, 10), DataType.STRING, DataType.FLOAT64));
    new AggregateRun(open.kronos(), spec).batch(5000, 4, 10).batch(5000, 5, 10).check();
    new AggregateRun(open.kronos(), spec)
        .dictionaries(List.of(0, 1))
        .batch(5000, 6, 10)
        .batch(5000, 6, 10)
        .check();
  }

  @Test
  void manyGroupsGrowTheTableOverDeferredRows() {
    AggregateSpec spec = spec(Layouts.ARROW, List.of(DataType.INT64, DataType.STRING));
    long dispatches =
        new AggregateRun(open.kronos(), spec)
            .batch(50_000, 100_000, 1)
            .batch(50_000, 100_000, 1)
            .check();
    assertThat(dispatches).isGreaterThan(8);
  }
}
