// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.scan.RunningScan.Operation;
import java.util.List;

/**
 * Says in which type values run and what does not change them: integers as INT64, floating point
 * numbers as FLOAT64, so that a few kernels do for all.
 *
 * @param type the type of the values and of the results
 * @param function what is computed
 */
record RunningPlan(DataType type, Function function) {

  /** Names what runs through the values. */
  enum Function {
    SUM,
    MIN,
    MAX
  }

  /** Returns the type in which the values run. */
  DataType wide() {
    return type.isFloating() ? DataType.FLOAT64 : DataType.INT64;
  }

  /** Tells whether integers are added, which prefix sums do faster. */
  boolean addsIntegers() {
    return function == Function.SUM && !type.isFloating();
  }

  Operation operation() {
    return Operation.valueOf(function.name() + (type.isFloating() ? "_FLOAT64" : "_INT64"));
  }

  /** Returns the value, of the type of the values, that changes no result. */
  Literal neutral() {
    if (function == Function.SUM) {
      return NumberRules.number(type, 0);
    }
    boolean most = function == Function.MIN;
    return switch (type.kind()) {
      case INT8 -> new Literal(type, most ? Byte.MAX_VALUE : Byte.MIN_VALUE);
      case INT16 -> new Literal(type, most ? Short.MAX_VALUE : Short.MIN_VALUE);
      case INT32 -> new Literal(type, most ? Integer.MAX_VALUE : Integer.MIN_VALUE);
      case INT64 -> new Literal(type, most ? Long.MAX_VALUE : Long.MIN_VALUE);
      default ->
          NumberRules.number(type, most ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    };
  }

  /** Returns the bits of the neutral value as it runs. */
  long neutralBits() {
    Number value = (Number) neutral().value();
    return type.isFloating() ? Double.doubleToRawLongBits(value.doubleValue()) : value.longValue();
  }

  /** Makes what runs: nulls, and NaN among extremes, change nothing. */
  Expression widened(Expression values) {
    Expression known = new Coalesce(List.of(values, neutral()));
    if (type.isFloating() && function != Function.SUM) {
      known =
          new CaseWhen(
              List.of(new CaseWhen.Branch(ComparisonRules.isNan(known), neutral())), known);
    }
    return cast(known, wide());
  }

  /** Makes results of what ran: integers keep their low bits, floats are rounded. */
  Expression narrowed(Expression results) {
    return cast(results, type);
  }

  private static Expression cast(Expression value, DataType to) {
    return value.type().equals(to) ? value : new Cast(value, to, ErrorMode.WRAP);
  }
}
