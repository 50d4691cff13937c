// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.operator.window.WindowCall;
import dev.kronos.operator.window.WindowFrame;
import dev.kronos.operator.window.WindowFrame.Bound;
import dev.kronos.operator.window.WindowFrame.Kind;
import dev.kronos.operator.window.WindowFunction;
import org.apache.spark.sql.catalyst.expressions.Lag;
import org.apache.spark.sql.catalyst.expressions.Lead;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NthValue;

/** Translates functions that take the value of one row of a window. */
final class PickRules {
  static final Restriction OFFSET =
      new Restriction(
          "offset of a window function is not supported",
          "no constant, or 0 together with IGNORE NULLS");
  static final Restriction DEFAULT =
      Restriction.of("default of a window function is of another type than its argument");

  private static final WindowFrame ROW = new WindowFrame(Bound.of(Kind.ROW), Bound.of(Kind.ROW));

  private PickRules() {}

  /** Returns the value of a constant whole number. */
  static long constant(org.apache.spark.sql.catalyst.expressions.Expression expression) {
    if (expression.foldable() && expression.eval(null) instanceof Number number) {
      return number.longValue();
    }
    throw OFFSET.refusal(expression.sql());
  }

  /** Returns the value of the row itself: Spark's rules for subqueries ask windows for columns. */
  static Expression own(
      org.apache.spark.sql.catalyst.expressions.Expression expression, WindowBuilder b) {
    return own(b.argument(expression), b);
  }

  private static Expression own(Expression value, WindowBuilder b) {
    return b.call(nth(b.column(value), WindowCall.NONE, 1, value.type(), ROW));
  }

  static Expression nth(NthValue function, WindowFrame frame, WindowBuilder b) {
    Expression value = b.argument(function.input());
    int place = place(constant(function.offset()));
    int looked = looked(value, function.ignoreNulls(), b);
    return b.call(nth(b.column(value), looked, place, value.type(), frame));
  }

  static Expression lag(Lag function, WindowBuilder b) {
    Expression value = b.argument(function.input());
    long offset = -constant(function.inputOffset());
    return away(value, offset, function.ignoreNulls(), function.children().apply(2), b);
  }

  static Expression lead(Lead function, WindowBuilder b) {
    Expression value = b.argument(function.input());
    long offset = constant(function.offset());
    return away(value, offset, function.ignoreNulls(), function.children().apply(2), b);
  }

  /** Takes the value so many rows after this one, or before it where the number is below zero. */
  private static Expression away(
      Expression value,
      long offset,
      boolean ignoresNulls,
      org.apache.spark.sql.catalyst.expressions.Expression otherwise,
      WindowBuilder b) {
    int looked = looked(value, ignoresNulls, b);
    if (offset == 0) {
      if (looked != WindowCall.NONE) {
        throw OFFSET.refusal("0");
      }
      return own(value, b);
    }
    WindowFunction function = offset < 0 ? WindowFunction.BEFORE : WindowFunction.AFTER;
    return b.call(
        new WindowCall(
            function,
            b.column(value),
            looked,
            otherwise(otherwise, value, b),
            place(Math.abs(offset)),
            value.type(),
            ErrorMode.WRAP,
            WindowFrame.PARTITION));
  }

  private static int otherwise(
      org.apache.spark.sql.catalyst.expressions.Expression otherwise,
      Expression value,
      WindowBuilder b) {
    if (otherwise instanceof Literal literal && literal.value() == null) {
      return WindowCall.NONE;
    }
    Expression translated = b.argument(otherwise);
    if (!translated.type().equals(value.type())) {
      throw DEFAULT.refusal(translated.type() + " for " + value.type());
    }
    return b.column(translated);
  }

  private static WindowCall nth(
      int column, int looked, int place, DataType type, WindowFrame frame) {
    return new WindowCall(
        WindowFunction.NTH, column, looked, WindowCall.NONE, place, type, ErrorMode.WRAP, frame);
  }

  /** Returns the column that says at which rows to look; none where it is all of them. */
  private static int looked(Expression value, boolean ignoresNulls, WindowBuilder b) {
    return ignoresNulls && value.nullable() ? b.column(new IsNotNull(value)) : WindowCall.NONE;
  }

  /** No partition has more rows than numbers of 32 bits count. */
  private static int place(long rows) {
    if (rows < 1 || rows > Integer.MAX_VALUE) {
      throw OFFSET.refusal(Long.toString(rows));
    }
    return (int) rows;
  }
}
