// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic.Operator;
import java.util.ArrayList;
import java.util.List;

/** Lists decimal arithmetic over pairs of shapes that take every path of the emitter. */
final class DecimalCases {
  private static final int[][] SHAPES = {
    {1, 0, 1, 1},
    {4, 1, 4, 2},
    {5, 2, 9, 0},
    {9, 2, 9, 2},
    {9, 9, 9, 9},
    {9, 0, 9, 9},
    {9, 4, 8, 4},
    {10, 2, 12, 4},
    {15, 2, 15, 2},
    {15, 2, 16, 2},
    {18, 0, 18, 18},
    {18, 18, 18, 0},
    {18, 2, 18, 2},
    {17, 2, 17, 2},
    {18, 2, 20, 2},
    {19, 0, 19, 0},
    {20, 0, 19, 19},
    {25, 2, 20, 0},
    {31, 6, 10, 2},
    {32, 4, 16, 2},
    {37, 2, 37, 2},
    {38, 0, 38, 0},
    {38, 2, 38, 2},
    {38, 6, 3, 0},
    {38, 10, 38, 10},
    {38, 18, 10, 2},
    {10, 2, 38, 18},
    {38, 0, 38, 38},
    {38, 38, 38, 0},
    {38, 38, 38, 38},
    {38, 0, 10, 2},
    {3, 0, 38, 37}
  };

  private DecimalCases() {}

  static List<ExpressionGroup> all() {
    List<ExpressionGroup> groups = new ArrayList<>();
    for (int[] s : SHAPES) {
      groups.add(group(DataType.decimal(s[0], s[1]), DataType.decimal(s[2], s[3])));
    }
    return groups;
  }

  private static ExpressionGroup group(DataType left, DataType right) {
    Expression a = ExpressionCases.column(0, left);
    Expression b = ExpressionCases.column(1, right);
    List<Expression> list = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      DataType type = SparkDecimalTypes.of(operator, left, right);
      list.add(new Arithmetic(operator, a, b, type, ErrorMode.ANSI));
      list.add(new Arithmetic(operator, a, b, type, ErrorMode.NULL));
      if (type.isDecimal() && type.precision() > 1) {
        list.add(new Arithmetic(operator, a, b, tighter(type), ErrorMode.ANSI));
      }
    }
    list.add(new Negate(a, ErrorMode.ANSI));
    list.add(new Absolute(b, ErrorMode.ANSI));
    List<ColumnLayout> inputs =
        List.of(ExpressionCases.layout(left), ExpressionCases.layout(right));
    return new ExpressionGroup("decimal arithmetic on " + left + " and " + right, inputs, list);
  }

  /** A type that rounds, where there is a fraction, and overflows. */
  private static DataType tighter(DataType type) {
    int scale = Math.max(0, type.scale() - 1);
    return DataType.decimal(Math.max(Math.max(1, scale), type.precision() - 3), scale);
  }
}
