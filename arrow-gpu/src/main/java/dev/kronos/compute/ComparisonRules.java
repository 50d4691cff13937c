// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Absolute;
import dev.kronos.expression.And;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Comparison.Operator;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;

/**
 * Writes Arrow's comparisons as expressions. The expressions' own order of floating point numbers
 * is total, with NaN above all; Arrow's is that of IEEE 754, where no comparison with NaN holds but
 * "not equal".
 */
final class ComparisonRules {
  private ComparisonRules() {}

  static Expression compare(Operator operator, Expression a, Expression b) {
    if (a.type().isCarried()) {
      return compare(operator, CarriedRules.ordered(a), CarriedRules.ordered(b));
    }
    if (a.type().isDecimal() && a.type().scale() != b.type().scale()) {
      throw new KronosException.Unsupported(
          message("decimals differ in scale", "left", a.type(), "right", b.type()));
    }
    Expression total = new Comparison(operator, a, b);
    if (!a.type().isFloating()) {
      return total;
    }
    return switch (operator) {
      // NaN is the largest and equals itself, so it can only spoil these by the operand named.
      case LT, LE, EQ -> unlessNan(total, b);
      case GT, GE -> unlessNan(total, a);
      default -> new Not(compare(Operator.EQ, a, b));
    };
  }

  /** A comparison that is null stays null, whatever the operand is. */
  private static Expression unlessNan(Expression total, Expression operand) {
    return LogicRules.nullWhere(total, new And(total, new Not(isNan(operand))));
  }

  static Expression isNan(Expression value) {
    Expression a = CarriedRules.number(value);
    return new Comparison(Operator.GT, a, infinity(a.type()));
  }

  static Expression isInfinite(Expression value) {
    Expression a = CarriedRules.number(value);
    return new Comparison(Operator.EQ, size(a), infinity(a.type()));
  }

  static Expression isFinite(Expression value) {
    Expression a = CarriedRules.number(value);
    return new Comparison(Operator.LT, size(a), infinity(a.type()));
  }

  private static Expression size(Expression a) {
    return new Absolute(a, ErrorMode.WRAP);
  }

  private static Literal infinity(DataType type) {
    return NumberRules.number(type, Double.POSITIVE_INFINITY);
  }
}
