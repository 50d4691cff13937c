// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Arithmetic.Operator;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.FloatDivide;
import dev.kronos.expression.FloatMath;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.Literal;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.Function;
import java.util.List;

/**
 * Makes aggregates of exact sums of powers of distances from a mean, which one pass finds. The last
 * steps are those of Spark, in doubles.
 */
final class MomentFinish {
  private static final double NORMAL_KURTOSIS = 3;

  private MomentFinish() {}

  /** Makes {@code sqrt(n) * m3 / sqrt(m2 * m2 * m2)}; NaN where all values are one. */
  static GroupFinish skew(Expression values) {
    Expression numbers = real(values);
    return new GroupFinish(
        moments(Function.CUBED_DISTANCES, numbers),
        r -> {
          Expression squares = r.get(1);
          Expression cube = times(times(squares, squares), squares);
          return new FloatDivide(times(root(real(r.get(0))), r.get(2)), root(cube));
        });
  }

  /** Makes {@code n * m4 / (m2 * m2) - 3}; NaN where all values are one. */
  static GroupFinish kurtosis(Expression values) {
    Expression numbers = real(values);
    return new GroupFinish(
        moments(Function.FOURTH_DISTANCES, numbers),
        r -> {
          Expression square = times(r.get(1), r.get(1));
          Expression ratio = new FloatDivide(times(real(r.get(0)), r.get(2)), square);
          Literal normal = new Literal(DataType.FLOAT64, NORMAL_KURTOSIS);
          return arithmetic(Operator.SUBTRACT, ratio, normal);
        });
  }

  /** Counts numbers, and adds up squares and higher powers of their distances. */
  private static List<AggregateCall> moments(Function higher, Expression numbers) {
    return List.of(
        AggregateCalls.counted(numbers),
        distances(Function.DISTANCES, numbers),
        distances(higher, numbers));
  }

  /** Makes the sum of products of distances by the count less {@code ddof}. */
  static GroupFinish covariance(Expression left, Expression right, int ddof) {
    Pair pair = Pair.of(left, right);
    return new GroupFinish(
        List.of(pair.products(), AggregateCalls.counted(pair.left())),
        r -> GroupFinish.variance(r.get(0), r.get(1), ddof));
  }

  /** Makes {@code c / sqrt(x * y)}; NaN where all values of a side are one. */
  static GroupFinish correlation(Expression left, Expression right) {
    Pair pair = Pair.of(left, right);
    return new GroupFinish(
        List.of(
            pair.products(),
            distances(Function.DISTANCES, pair.left()),
            distances(Function.DISTANCES, pair.right())),
        r -> new FloatDivide(r.get(0), root(times(r.get(1), r.get(2)))));
  }

  /** Holds two doubles, both null where one of them is. */
  private record Pair(Expression left, Expression right) {
    static Pair of(Expression first, Expression second) {
      Expression left = real(first);
      Expression right = real(second);
      Expression both = new And(new IsNotNull(left), new IsNotNull(right));
      return new Pair(CaseWhen.orNull(both, left), CaseWhen.orNull(both, right));
    }

    AggregateCall products() {
      return new AggregateCall(
          Function.CODISTANCES, left, DataType.FLOAT64, ErrorMode.ANSI, null, List.of(right));
    }
  }

  private static AggregateCall distances(Function function, Expression numbers) {
    return new AggregateCall(function, numbers, DataType.FLOAT64, ErrorMode.ANSI);
  }

  /** Returns numbers as doubles; throws Unsupported for values that are none. */
  private static Expression real(Expression values) {
    if (!TypeGroup.NUMBERS.contains(values.type())) {
      throw new KronosException.Unsupported(
          message("only numbers have moments", "type", values.type()));
    }
    Expression number = CarriedRules.number(values);
    return number.type().equals(DataType.FLOAT64)
        ? number
        : new Cast(number, DataType.FLOAT64, ErrorMode.ANSI);
  }

  private static Expression root(Expression number) {
    return new FloatMath(FloatMath.Function.SQRT, number);
  }

  private static Expression times(Expression left, Expression right) {
    return arithmetic(Operator.MULTIPLY, left, right);
  }

  private static Expression arithmetic(Operator operator, Expression left, Expression right) {
    return new Arithmetic(operator, left, right, DataType.FLOAT64, ErrorMode.ANSI);
  }
}
