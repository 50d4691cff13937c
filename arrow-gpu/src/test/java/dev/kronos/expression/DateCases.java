// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lists functions of dates. */
final class DateCases {
  private DateCases() {}

  static List<ExpressionGroup> all() {
    return List.of(ofOne(), ofTwo());
  }

  private static ExpressionGroup ofOne() {
    Expression a = ExpressionCases.column(0, DataType.DATE);
    List<Expression> list = new ArrayList<>();
    Stream.of(DatePart.Field.values()).forEach(field -> list.add(new DatePart(field, a)));
    Stream.of(DateRound.Boundary.values()).forEach(unit -> list.add(new DateRound(unit, a)));
    return new ExpressionGroup(
        "parts of dates", List.of(ExpressionCases.layout(DataType.DATE)), list);
  }

  private static ExpressionGroup ofTwo() {
    Expression a = ExpressionCases.column(0, DataType.DATE);
    Expression b = ExpressionCases.column(1, DataType.DATE);
    Expression n = ExpressionCases.column(2, DataType.INT32);
    List<Expression> list =
        List.of(
            new DateShift(DateShift.Operator.ADD_DAYS, a, n),
            new DateShift(DateShift.Operator.SUBTRACT_DAYS, a, n),
            new DateShift(DateShift.Operator.ADD_MONTHS, a, n),
            new DateShift(DateShift.Operator.ADD_MONTHS, a, new Literal(DataType.INT32, -1)),
            new DateShift(DateShift.Operator.DIFFERENCE, a, b));
    ColumnLayout date = ExpressionCases.layout(DataType.DATE);
    return new ExpressionGroup(
        "moved dates", List.of(date, date, ExpressionCases.layout(DataType.INT32)), list);
  }
}
