// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.operator.Layouts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups with too little memory for all groups and compares with plain Java. */
class AggregateInPassesTest {
  private static final DataType WIDE = DataType.decimal(38, 2);
  private static final List<DataType> TYPES =
      List.of(DataType.INT64, DataType.STRING, WIDE, DataType.FLOAT64);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static AggregateCall call(Function function, int column, DataType result) {
    Expression argument = new ColumnReference(column, TYPES.get(column), true);
    return new AggregateCall(function, argument, result, ErrorMode.WRAP);
  }

  private static AggregateSpec spec(Layouts layouts, Integer... keys) {
    List<Expression> columns = AggregateRun.columns(TYPES);
    return new AggregateSpec(
        AggregateRun.source(layouts, TYPES),
        List.of(keys).stream().map(columns::get).toList(),
        List.of(
            new AggregateCall(Function.COUNT, null, DataType.INT64, ErrorMode.WRAP),
            call(Function.SUM, 3, DataType.FLOAT64),
            call(Function.MIN, 2, WIDE)));
  }

  @ParameterizedTest
  @EnumSource(Layouts.class)
  void everyGroupComesOutOnceWithAllOfItsRows(Layouts layouts) {
    for (Integer[] keys : new Integer[][] {{0}, {1}, {1, 0}}) {
      AggregateRun run = new AggregateRun(open.kronos(), spec(layouts, keys));
      for (int batch = 0; batch < 4; batch++) {
        run.batch(6000, 5000 + batch, 5);
      }
      assertThat(run.checkInPasses(32 << 20)).as("passes").isGreaterThan(1);
    }
  }

  /** A first table with a long accumulator a slot would be more than all of the budget. */
  @Test
  void fewGroupsFitASmallBudget() {
    AggregateRun run = new AggregateRun(open.kronos(), spec(Layouts.ARROW, 0));
    run.batch(500, 20, 5).batch(500, 90, 5);
    assertThat(run.checkInPasses(1 << 20)).as("passes").isPositive();
  }

  @Test
  void onePassIsEnoughWhereAllFits() {
    AggregateRun run = new AggregateRun(open.kronos(), spec(Layouts.ARROW, 0));
    assertThat(run.batch(6000, 5000, 5).checkInPasses(Long.MAX_VALUE)).isEqualTo(1);
  }

  @Test
  void whoeverCannotTakeRowsBackIsToldSo() {
    AggregateRun run = new AggregateRun(open.kronos(), spec(Layouts.ARROW, 0));
    run.batch(9000, 9000, 5);
    open.kronos().memory().limitDevice(32 << 20);
    try {
      assertThatThrownBy(run::checkDevice)
          .isInstanceOf(KronosException.Exhausted.class)
          .hasMessageStartingWith("no room for all groups: rowsLeft=");
    } finally {
      open.kronos().memory().limitDevice(Long.MAX_VALUE);
    }
  }
}
