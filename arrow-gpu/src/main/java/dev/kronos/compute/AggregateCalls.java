// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.Function;
import java.util.List;

/** Writes Arrow's aggregates as calls of the operator. */
final class AggregateCalls {
  private AggregateCalls() {}

  static AggregateCall counted(Expression values) {
    return new AggregateCall(Function.COUNT, values, DataType.INT64, ErrorMode.ANSI);
  }

  static AggregateCall extremeOf(Function function, Expression values) {
    return new AggregateCall(function, values, values.type(), ErrorMode.ANSI);
  }

  static Expression numbers(Expression values) {
    DataType type = values.type();
    if (!type.isFloating()) {
      return values;
    }
    Expression infinity = NumberRules.number(type, Double.POSITIVE_INFINITY);
    Expression isNumber = new Comparison(Comparison.Operator.LE, values, infinity);
    return new CaseWhen(List.of(new CaseWhen.Branch(isNumber, values)), Literal.ofNull(type));
  }

  static AggregateCall summed(Expression values, ErrorMode mode) {
    DataType type = values.type();
    if (!type.isNumeric()) {
      throw new KronosException.Unsupported(message("only numbers have a sum", "type", type));
    }
    if (type.isDecimal()) {
      DataType wide = DataType.decimal(DataType.MAX_PRECISION, type.scale());
      ErrorMode decimalMode = mode == ErrorMode.ANSI ? mode : ErrorMode.NULL;
      return new AggregateCall(Function.SUM, values, wide, decimalMode);
    }
    DataType result = type.isFloating() ? DataType.FLOAT64 : DataType.INT64;
    return new AggregateCall(Function.SUM, values, result, mode);
  }

  /** Integers as decimals, whose sum does not wrap around. */
  static Expression exact(Expression values) {
    return values.type().isIntegral()
        ? new Cast(values, DataType.decimal(19, 0), ErrorMode.ANSI)
        : values;
  }

  static Expression square(Expression values, Expression mean) {
    Expression number = new Cast(values, DataType.FLOAT64, ErrorMode.ANSI);
    Expression distance = arithmetic(Arithmetic.Operator.SUBTRACT, number, mean);
    return arithmetic(Arithmetic.Operator.MULTIPLY, distance, distance);
  }

  private static Expression arithmetic(Arithmetic.Operator operator, Expression l, Expression r) {
    return new Arithmetic(operator, l, r, DataType.FLOAT64, ErrorMode.ANSI);
  }
}
