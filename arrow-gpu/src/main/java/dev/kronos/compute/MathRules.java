// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Comparison.Operator;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Extreme;
import dev.kronos.expression.FloatDivide;
import dev.kronos.expression.FloatMath;
import dev.kronos.expression.Literal;
import dev.kronos.expression.MathFunction;
import dev.kronos.expression.Or;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes Arrow's powers, logarithms and extremes as expressions, in FLOAT64 where there is more.
 */
final class MathRules {
  private MathRules() {}

  /** Returns a floating point number as one of another type. */
  static Expression as(DataType type, Expression number) {
    return CastRules.cast(number, type, ErrorMode.WRAP);
  }

  /** Puts the row in error where a condition holds. */
  static Expression failing(Expression condition, Expression value) {
    Expression failure = CastRules.plain(CastRules.failure(), value.type(), ErrorMode.ANSI);
    return choice(condition, failure, value);
  }

  static Expression choice(Expression condition, Expression then, Expression otherwise) {
    return new CaseWhen(List.of(new CaseWhen.Branch(condition, then)), otherwise);
  }

  /** Tells whether a number is at most another; NaN is not. */
  static Expression atMost(Expression number, double bound) {
    return new Comparison(Operator.LE, number, number(number, bound));
  }

  private static Literal number(Expression of, double value) {
    return NumberRules.number(of.type(), value);
  }

  /** Tells whether a number is above 1 or below -1; NaN is not. */
  static Expression beyondOne(Expression number) {
    Expression above = ComparisonRules.compare(Operator.GT, number, number(number, 1));
    return new Or(above, new Comparison(Operator.LT, number, number(number, -1)));
  }

  static Expression sqrtChecked(Expression number) {
    Expression negative = new Comparison(Operator.LT, number, number(number, 0));
    return failing(negative, new FloatMath(FloatMath.Function.SQRT, number));
  }

  static Expression log2(Expression number) {
    return new FloatDivide(Call.of(MathFunction.LOG, number), number(number, StrictMath.log(2)));
  }

  static Expression logb(Expression number, Expression base) {
    Expression quotient =
        new FloatDivide(Call.of(MathFunction.LOG, number), Call.of(MathFunction.LOG, base));
    Expression ofZero =
        choice(
            atMost(base, 0), number(number, Double.NaN), number(number, Double.NEGATIVE_INFINITY));
    Expression zero = new Comparison(Operator.EQ, number, number(number, 0));
    // Null where the base is, which a choice by the number alone would not be.
    return LogicRules.nullWhere(base, choice(zero, ofZero, quotient));
  }

  static Expression power(Expression number, Expression exponent) {
    Expression one = new Comparison(Operator.EQ, number, number(number, 1));
    Expression minusOne = new Comparison(Operator.EQ, number, number(number, -1));
    Expression isOne = new Or(one, new And(minusOne, ComparisonRules.isInfinite(exponent)));
    Expression power = Call.of(MathFunction.POW, number, exponent);
    return LogicRules.nullWhere(exponent, choice(isOne, number(number, 1), power));
  }

  /**
   * Expressions have NaN above all numbers; here it is passed over as nulls are, but before them.
   */
  static Expression extreme(Extreme.End end, List<Expression> operands) {
    DataType type = operands.get(0).type();
    List<Expression> ordered = operands.stream().map(CarriedRules::ordered).toList();
    if (!ordered.get(0).type().isFloating()) {
      return CarriedRules.unordered(new Extreme(end, ordered), type);
    }
    List<Expression> candidates = new ArrayList<>();
    candidates.add(new Extreme(end, ordered.stream().map(MathRules::unlessNan).toList()));
    candidates.addAll(ordered);
    return CarriedRules.unordered(new Coalesce(candidates), type);
  }

  private static Expression unlessNan(Expression number) {
    return choice(ComparisonRules.isNan(number), Literal.ofNull(number.type()), number);
  }
}
