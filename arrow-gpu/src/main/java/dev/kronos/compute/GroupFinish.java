// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.compute.GroupAggregate.Function;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.FloatDivide;
import dev.kronos.expression.FloatMath;
import dev.kronos.expression.Literal;
import dev.kronos.operator.aggregate.AggregateCall;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Holds the calls that one aggregate takes and what becomes of their results.
 *
 * @param calls over the rows
 * @param result makes the aggregate from references to the results of the calls
 */
record GroupFinish(List<AggregateCall> calls, Result result) {

  /** Makes an expression over the results of calls. */
  @FunctionalInterface
  interface Result {
    Expression of(List<? extends Expression> results);
  }

  /** Returns the type of the aggregate. */
  DataType type() {
    return result.of(calls.stream().map(call -> Literal.ofNull(call.resultType())).toList()).type();
  }

  private static GroupFinish sum(Expression values, ErrorMode mode) {
    return new GroupFinish(
        List.of(AggregateCalls.summed(values, mode)),
        r -> AggregateCalls.sum(values.type(), r.get(0), mode));
  }

  private static GroupFinish one(AggregateCall call) {
    return new GroupFinish(List.of(call), results -> results.get(0));
  }

  /** Makes what takes one pass over the rows: all but variance and distinct values. */
  static GroupFinish of(TableAggregate aggregate) {
    Expression values = aggregate.values();
    return switch (aggregate.function()) {
      case SUM -> sum(values, ErrorMode.WRAP);
      case SUM_CHECKED -> sum(values, ErrorMode.ANSI);
      case MIN -> extreme(dev.kronos.operator.aggregate.Function.MIN, values);
      case MAX -> extreme(dev.kronos.operator.aggregate.Function.MAX, values);
      case MEAN -> mean(values);
      case COUNT -> count(values, aggregate.mode());
      case APPROX_COUNT_DISTINCT -> DistinctEstimate.of(values);
      case COUNT_ALL -> one(AggregateCalls.counted(null));
      case SKEW -> MomentFinish.skew(values);
      case KURTOSIS -> MomentFinish.kurtosis(values);
      case COVARIANCE -> MomentFinish.covariance(values, aggregate.other(), aggregate.ddof());
      case CORRELATION -> MomentFinish.correlation(values, aggregate.other());
      case ANY -> extreme(dev.kronos.operator.aggregate.Function.MAX, requireBoolean(values));
      case ALL -> extreme(dev.kronos.operator.aggregate.Function.MIN, requireBoolean(values));
      case COUNT_DISTINCT, VARIANCE, STDDEV ->
          throw new IllegalArgumentException("not of one pass: function=" + aggregate.function());
    };
  }

  private static Expression requireBoolean(Expression values) {
    if (!values.type().equals(DataType.BOOLEAN)) {
      throw new KronosException.Unsupported(
          message("function does not take this type", "wanted", "boolean", "type", values.type()));
    }
    return values;
  }

  /** The operator orders NaN above all numbers, so it is asked for the numbers alone as well. */
  private static GroupFinish extreme(
      dev.kronos.operator.aggregate.Function function, Expression given) {
    Expression values = CarriedRules.ordered(given);
    AggregateCall all = AggregateCalls.extremeOf(function, values);
    if (!values.type().isFloating()) {
      return new GroupFinish(List.of(all), r -> CarriedRules.unordered(r.get(0), given.type()));
    }
    AggregateCall numbers = AggregateCalls.extremeOf(function, AggregateCalls.numbers(values));
    return new GroupFinish(
        List.of(numbers, all),
        r -> CarriedRules.unordered(new Coalesce(List.of(r.get(0), r.get(1))), given.type()));
  }

  static GroupFinish count(Expression values, CountMode mode) {
    AggregateCall valid = AggregateCalls.counted(values);
    AggregateCall rows = AggregateCalls.counted(null);
    return switch (mode) {
      case ONLY_VALID -> one(valid);
      case ALL -> one(rows);
      case ONLY_NULL -> new GroupFinish(List.of(rows, valid), r -> difference(r.get(0), r.get(1)));
    };
  }

  private static Expression difference(Expression a, Expression b) {
    return new Arithmetic(Arithmetic.Operator.SUBTRACT, a, b, DataType.INT64, ErrorMode.WRAP);
  }

  static GroupFinish mean(Expression values) {
    List<AggregateCall> calls =
        List.of(
            AggregateCalls.summed(AggregateCalls.exact(values), ErrorMode.NULL),
            AggregateCalls.counted(values));
    return new GroupFinish(calls, r -> new FloatDivide(toDouble(r.get(0)), toDouble(r.get(1))));
  }

  private static Expression toDouble(Expression number) {
    return number.type().equals(DataType.FLOAT64)
        ? number
        : new Cast(number, DataType.FLOAT64, ErrorMode.ANSI);
  }

  /**
   * Makes the second pass of a variance or standard deviation.
   *
   * @param mean the mean of the row's group
   */
  static GroupFinish spread(TableAggregate aggregate, Expression mean) {
    Expression values = aggregate.values();
    List<AggregateCall> calls =
        List.of(
            AggregateCalls.summed(AggregateCalls.square(values, mean), ErrorMode.NULL),
            AggregateCalls.counted(values));
    UnaryOperator<Expression> root =
        aggregate.function() == Function.STDDEV
            ? variance -> new FloatMath(FloatMath.Function.SQRT, variance)
            : variance -> variance;
    return new GroupFinish(calls, r -> root.apply(variance(r.get(0), r.get(1), aggregate.ddof())));
  }

  /**
   * Divides a sum of squares or products by the count less ddof; null where that is not positive.
   */
  static Expression variance(Expression squares, Expression count, int ddof) {
    Expression divisor = difference(count, new Literal(DataType.INT64, (long) ddof));
    Expression positive =
        new Comparison(Comparison.Operator.GT, divisor, new Literal(DataType.INT64, 0L));
    return CaseWhen.orNull(positive, new FloatDivide(squares, toDouble(divisor)));
  }
}
