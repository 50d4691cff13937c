// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.FloatDivide;
import dev.kronos.expression.FloatMath;
import dev.kronos.expression.MathFunction;
import dev.kronos.expression.Or;
import dev.kronos.expression.RoundNumber;
import dev.kronos.expression.RoundNumber.Direction;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.BRound;
import org.apache.spark.sql.catalyst.expressions.Ceil;
import org.apache.spark.sql.catalyst.expressions.Exp;
import org.apache.spark.sql.catalyst.expressions.Floor;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Log;
import org.apache.spark.sql.catalyst.expressions.Log10;
import org.apache.spark.sql.catalyst.expressions.Log2;
import org.apache.spark.sql.catalyst.expressions.Logarithm;
import org.apache.spark.sql.catalyst.expressions.Rint;
import org.apache.spark.sql.catalyst.expressions.Round;
import org.apache.spark.sql.catalyst.expressions.RoundBase;
import org.apache.spark.sql.catalyst.expressions.RoundCeil;
import org.apache.spark.sql.catalyst.expressions.RoundFloor;
import org.apache.spark.sql.catalyst.expressions.Signum;
import org.apache.spark.sql.catalyst.expressions.Sqrt;
import org.apache.spark.sql.catalyst.expressions.ToDegrees;
import org.apache.spark.sql.catalyst.expressions.ToRadians;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;

/** Translates roundings and functions of floating point numbers, those that are Java's exactly. */
final class MathRules {
  static final Restriction PLACES =
      new Restriction("place to round to is not supported", "it is not a constant, or far away");

  private static final dev.kronos.expression.Literal TWO =
      new dev.kronos.expression.Literal(DataType.FLOAT64, StrictMath.log(2));

  static final List<ExpressionRule<?>> RULES =
      List.of(
          round(Round.class, "round(a, 2)", TypeSet.NUMBERS, Direction.HALF_UP),
          round(BRound.class, "bround(a, 2)", TypeSet.NUMBERS, Direction.HALF_EVEN),
          round(RoundCeil.class, "ceil(a, 2)", TypeSet.DECIMALS, Direction.CEILING),
          round(RoundFloor.class, "floor(a, 2)", TypeSet.DECIMALS, Direction.FLOOR),
          whole(Ceil.class, "ceil(a)", Direction.CEILING, FloatMath.Function.CEIL),
          whole(Floor.class, "floor(a)", Direction.FLOOR, FloatMath.Function.FLOOR),
          exact(Sqrt.class, "sqrt(a)", FloatMath.Function.SQRT),
          exact(Rint.class, "rint(a)", FloatMath.Function.RINT),
          new ExpressionRule<>(
              Signum.class,
              Coverage.of("signum(a)", TypeSet.DOUBLE_AND_INTERVALS),
              (e, t) -> Call.of(MathFunction.SIGNUM, real(t.require(e.child())))),
          java(ToDegrees.class, "degrees(a)", MathFunction.DEGREES),
          java(ToRadians.class, "radians(a)", MathFunction.RADIANS),
          java(Exp.class, "exp(a)", MathFunction.EXP),
          logarithm(Log.class, "ln(a)", number -> Call.of(MathFunction.LOG, number)),
          logarithm(Log10.class, "log10(a)", number -> Call.of(MathFunction.LOG10, number)),
          logarithm(Log2.class, "log2(a)", number -> quotient(number, TWO)),
          new ExpressionRule<>(
              Logarithm.class,
              Coverage.of("log(a, b)", TypeSet.DOUBLE),
              (e, t) -> logarithm(t.require(e.right()), t.require(e.left()))));

  private MathRules() {}

  private static dev.kronos.expression.Expression real(dev.kronos.expression.Expression number) {
    return number.type().equals(DataType.FLOAT64)
        ? number
        : new Cast(number, DataType.FLOAT64, ErrorMode.ANSI);
  }

  /** Logarithms of numbers that are not above zero are null in Spark. */
  private static <E extends UnaryExpression> ExpressionRule<E> logarithm(
      Class<E> sparkClass, String sql, UnaryOperator<dev.kronos.expression.Expression> function) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.DOUBLE),
        (e, t) -> {
          dev.kronos.expression.Expression number = t.require(e.child());
          return unless(notAbove(number), function.apply(number));
        });
  }

  private static dev.kronos.expression.Expression logarithm(
      dev.kronos.expression.Expression number, dev.kronos.expression.Expression base) {
    Or refused = new Or(notAbove(base), notAbove(number));
    return unless(refused, quotient(number, Call.of(MathFunction.LOG, base)));
  }

  private static dev.kronos.expression.Expression quotient(
      dev.kronos.expression.Expression number, dev.kronos.expression.Expression divisor) {
    return new FloatDivide(Call.of(MathFunction.LOG, number), divisor);
  }

  private static dev.kronos.expression.Expression notAbove(
      dev.kronos.expression.Expression number) {
    return new Comparison(
        Comparison.Operator.LE, number, new dev.kronos.expression.Literal(DataType.FLOAT64, 0.0));
  }

  private static dev.kronos.expression.Expression unless(
      dev.kronos.expression.Expression condition, dev.kronos.expression.Expression value) {
    return new CaseWhen(
        List.of(
            new CaseWhen.Branch(condition, dev.kronos.expression.Literal.ofNull(DataType.FLOAT64))),
        value);
  }

  private static <E extends UnaryExpression> ExpressionRule<E> exact(
      Class<E> sparkClass, String sql, FloatMath.Function function) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.DOUBLE),
        (e, t) -> new FloatMath(function, t.require(e.child())));
  }

  private static <E extends UnaryExpression> ExpressionRule<E> java(
      Class<E> sparkClass, String sql, MathFunction function) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.DOUBLE),
        (e, t) -> Call.of(function, t.require(e.child())));
  }

  private static <E extends RoundBase> ExpressionRule<E> round(
      Class<E> sparkClass, String sql, TypeSet types, Direction direction) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, types, PLACES),
        (e, t) -> {
          dev.kronos.expression.Expression child = t.require(e.children().apply(0));
          int places = places(e, child.type());
          return new RoundNumber(
              child,
              TypeTranslator.require(e.dataType()),
              places,
              direction,
              ErrorModes.failing(e.ansiEnabled()));
        });
  }

  private static int places(RoundBase e, DataType type) {
    if (!(e.children().apply(1) instanceof Literal literal)
        || !(literal.value() instanceof Integer places)
        || !RoundNumber.reaches(type, places)) {
      throw PLACES.refusal("places=" + e.children().apply(1));
    }
    return places;
  }

  private static <E extends UnaryExpression> ExpressionRule<E> whole(
      Class<E> sparkClass, String sql, Direction direction, FloatMath.Function function) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.WHOLE),
        (e, t) ->
            whole(t.require(e.child()), TypeTranslator.require(e.dataType()), direction, function));
  }

  private static dev.kronos.expression.Expression whole(
      dev.kronos.expression.Expression child,
      DataType type,
      Direction direction,
      FloatMath.Function function) {
    if (child.type().isFloating()) {
      return new Cast(new FloatMath(function, child), type, ErrorMode.WRAP);
    }
    return child.type().isDecimal()
        ? new RoundNumber(child, type, 0, direction, ErrorMode.ANSI)
        : child;
  }
}
