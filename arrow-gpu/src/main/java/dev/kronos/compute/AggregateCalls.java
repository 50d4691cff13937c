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
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.Function;

/** Writes Arrow's aggregates as calls of the operator. */
final class AggregateCalls {
  private AggregateCalls() {}

  /** Says what an aggregate of numbers is computed of: halves as numbers. */
  private static Expression computed(Expression values) {
    return values.type().equals(DataType.FLOAT16) ? CarriedRules.number(values) : values;
  }

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
    return CaseWhen.orNull(isNumber, values);
  }

  /** Unsigned sums are those of the low bits or, where they are checked, of decimals. */
  static AggregateCall summed(Expression given, ErrorMode mode) {
    Expression values = computed(given);
    if (given.type().isUnsigned()) {
      values = mode == ErrorMode.WRAP ? CarriedRules.word(given) : exact(given);
    }
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

  /**
   * Returns what becomes of a sum.
   *
   * @param type the type of the values
   * @param sum what {@link #summed} gives
   */
  static Expression sum(DataType type, Expression sum, ErrorMode mode) {
    if (!type.isUnsigned()) {
      return sum;
    }
    return mode == ErrorMode.WRAP
        ? CarriedRules.as(sum, DataType.UINT64)
        : CarriedRules.unsigned(sum, DataType.UINT64, mode);
  }

  /** Integers as decimals, whose sum does not wrap around. */
  static Expression exact(Expression values) {
    if (values.type().isUnsigned()) {
      Expression number = CarriedRules.number(values);
      return CastRules.plain(number, CarriedRules.UNSIGNED, ErrorMode.ANSI);
    }
    return values.type().isIntegral()
        ? new Cast(values, DataType.decimal(19, 0), ErrorMode.ANSI)
        : values;
  }

  static Expression square(Expression values, Expression mean) {
    Expression number = new Cast(CarriedRules.number(values), DataType.FLOAT64, ErrorMode.ANSI);
    Expression distance = arithmetic(Arithmetic.Operator.SUBTRACT, number, mean);
    return arithmetic(Arithmetic.Operator.MULTIPLY, distance, distance);
  }

  private static Expression arithmetic(Arithmetic.Operator operator, Expression l, Expression r) {
    return new Arithmetic(operator, l, r, DataType.FLOAT64, ErrorMode.ANSI);
  }
}
