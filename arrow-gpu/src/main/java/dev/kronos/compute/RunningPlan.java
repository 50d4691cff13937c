// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Or;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.scan.RunningScan.Operation;
import java.math.BigInteger;
import java.util.List;

/**
 * Says in which type values run and what does not change them: integers as INT64, floating point
 * numbers as FLOAT64, so that a few kernels do for all. Sums of integers of up to 32 bits run as
 * INT32, for they wrap around, and those of FLOAT32 as such, for the kernel widens.
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

  /** Returns the type of the values as they are added or compared. */
  private DataType known() {
    return addsUnsigned() ? type.carrier() : CarriedRules.orderedType(type);
  }

  /** The low bits of a sum do not know of signs. */
  private boolean addsUnsigned() {
    return type.isUnsigned() && function == Function.SUM;
  }

  private boolean isFloating() {
    return known().isFloating();
  }

  /** Returns the type of the results: decimal sums have room. */
  DataType result() {
    return type.isDecimal() && function == Function.SUM ? wide() : type;
  }

  /** Returns the type in which the values run. */
  DataType wide() {
    if (type.isDecimal()) {
      return DataType.decimal(DataType.MAX_PRECISION, type.scale());
    }
    if (function == Function.SUM) {
      return switch (known().kind()) {
        case INT8, INT16, INT32 -> DataType.INT32;
        case FLOAT32 -> DataType.FLOAT32;
        default -> isFloating() ? DataType.FLOAT64 : DataType.INT64;
      };
    }
    return isFloating() ? DataType.FLOAT64 : DataType.INT64;
  }

  /** Tells whether values without nulls run as they are: nothing is widened or left out. */
  boolean takesValues() {
    return givesResults() && (function == Function.SUM || !isFloating());
  }

  /** Tells whether what ran is the result, but for its nulls. */
  boolean givesResults() {
    return type.equals(wide()) && !type.isDecimal();
  }

  /** Returns the width in which integers are added. */
  PrefixSum.Width width() {
    return wide().equals(DataType.INT32) ? PrefixSum.Width.INT32 : PrefixSum.Width.INT64;
  }

  /** Tells whether integers are added, which prefix sums do faster. */
  boolean addsIntegers() {
    return function == Function.SUM && !isFloating() && !type.isDecimal();
  }

  Operation operation() {
    if (type.isDecimal()) {
      return Operation.valueOf(function.name() + "_DECIMAL");
    }
    return Operation.valueOf(function.name() + "_" + wide().kind());
  }

  /** Returns the value, of the type of the known values, that changes no result. */
  Literal neutral() {
    DataType type = known();
    if (type.isDecimal()) {
      return decimal();
    }
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

  private Literal decimal() {
    BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
    return new Literal(
        type,
        switch (function) {
          case SUM -> BigInteger.ZERO;
          case MIN -> most;
          case MAX -> most.negate();
        });
  }

  /** Returns the bits of the neutral value as it runs; decimals have their own in the kernel. */
  long neutralBits() {
    if (type.isDecimal()) {
      return 0;
    }
    Number value = (Number) neutral().value();
    return isFloating() ? Double.doubleToRawLongBits(value.doubleValue()) : value.longValue();
  }

  /** Makes what runs: nulls, and NaN among extremes, change nothing. */
  Expression widened(Expression values) {
    Expression known =
        new Coalesce(
            List.of(
                addsUnsigned() ? CarriedRules.bits(values) : CarriedRules.ordered(values),
                neutral()));
    if (isFloating() && function != Function.SUM) {
      known =
          new CaseWhen(
              List.of(new CaseWhen.Branch(ComparisonRules.isNan(known), neutral())), known);
    }
    return cast(known, wide());
  }

  /** Makes results of what ran: integers keep their low bits, floats are rounded. */
  Expression narrowed(Expression results) {
    if (type.isDecimal()) {
      return decimal(results);
    }
    Expression known = cast(results, known());
    return addsUnsigned() ? CarriedRules.as(known, type) : CarriedRules.unordered(known, type);
  }

  /** What does not fit has run as a number beyond all decimals, and so do extremes of nothing. */
  private Expression decimal(Expression results) {
    DataType wide = wide();
    BigInteger most = BigInteger.TEN.pow(result().precision()).subtract(BigInteger.ONE);
    Expression beyond =
        new Or(
            new Comparison(Comparison.Operator.GT, results, new Literal(wide, most)),
            new Comparison(Comparison.Operator.LT, results, new Literal(wide, most.negate())));
    Expression known = function == Function.SUM ? results : new Cast(results, type, ErrorMode.NULL);
    Expression otherwise = function == Function.SUM ? Literal.ofNull(wide) : neutral();
    return new CaseWhen(List.of(new CaseWhen.Branch(beyond, otherwise)), known);
  }

  private static Expression cast(Expression value, DataType to) {
    return value.type().equals(to) ? value : new Cast(value, to, ErrorMode.WRAP);
  }
}
