// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic.Operator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java twin against Java's own exact arithmetic. */
@Tag("once")
class RowEvaluatorTest {
  private static final Object ERROR = "error";

  private static Object evaluate(Expression e, Object... row) {
    try {
      return RowEvaluator.evaluate(e, c -> row[c]);
    } catch (RowErrorException expected) {
      return ERROR;
    }
  }

  private static Expression binary(
      Operator operator, DataType type, DataType result, ErrorMode mode) {
    return new Arithmetic(
        operator, ExpressionCases.column(0, type), ExpressionCases.column(1, type), result, mode);
  }

  static Stream<DataType> integers() {
    return ExpressionCases.INTEGERS.stream();
  }

  private static LongBinaryOperator exact(Operator operator) {
    return switch (operator) {
      case ADD -> Math::addExact;
      case SUBTRACT -> Math::subtractExact;
      case MULTIPLY -> Math::multiplyExact;
      default -> (a, b) -> b == 0 ? raise() : a % b;
    };
  }

  private static long raise() {
    throw new ArithmeticException("/ by zero");
  }

  private static Object narrow(long value, DataType type) {
    return switch (type.kind()) {
      case INT8 -> (Object) (byte) value;
      case INT16 -> (Object) (short) value;
      case INT32 -> (Object) (int) value;
      default -> (Object) value;
    };
  }

  @ParameterizedTest
  @MethodSource("integers")
  void integersAddSubtractMultiplyAndDivide(DataType type) {
    for (Operator operator :
        List.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.REMAINDER)) {
      for (Object a : EdgeValues.of(type)) {
        for (Object b : EdgeValues.of(type)) {
          checkInteger(operator, type, a, b);
        }
      }
    }
  }

  private static void checkInteger(Operator operator, DataType type, Object a, Object b) {
    Object expected = a == null || b == null ? null : expectedInteger(operator, type, a, b);
    Object wrapped = expected;
    if (expected == ERROR) {
      long x = ((Number) a).longValue();
      long y = ((Number) b).longValue();
      wrapped =
          switch (operator) {
            case ADD -> narrow(x + y, type);
            case SUBTRACT -> narrow(x - y, type);
            case MULTIPLY -> narrow(x * y, type);
            default -> null;
          };
    }
    String what = a + " " + operator + " " + b + " : " + type;
    assertThat(evaluate(binary(operator, type, type, ErrorMode.ANSI), a, b))
        .as(what)
        .isEqualTo(expected);
    assertThat(evaluate(binary(operator, type, type, ErrorMode.NULL), a, b))
        .as(what)
        .isEqualTo(expected == ERROR ? null : expected);
    assertThat(evaluate(binary(operator, type, type, ErrorMode.WRAP), a, b))
        .as(what)
        .isEqualTo(wrapped);
  }

  private static Object expectedInteger(Operator operator, DataType type, Object a, Object b) {
    try {
      long exact = exact(operator).applyAsLong(((Number) a).longValue(), ((Number) b).longValue());
      Object value = narrow(exact, type);
      return ((Number) value).longValue() == exact ? value : ERROR;
    } catch (ArithmeticException e) {
      return ERROR;
    }
  }

  @Test
  void integralDivisionOverflowsOnceAndFailsOnZero() {
    Expression ansi =
        binary(Operator.INTEGRAL_DIVIDE, DataType.INT64, DataType.INT64, ErrorMode.ANSI);
    Expression wrap =
        binary(Operator.INTEGRAL_DIVIDE, DataType.INT64, DataType.INT64, ErrorMode.WRAP);
    assertThat(evaluate(ansi, -7L, 2L)).isEqualTo(-3L);
    assertThat(evaluate(ansi, Long.MIN_VALUE, -1L)).isEqualTo(ERROR);
    assertThat(evaluate(wrap, Long.MIN_VALUE, -1L)).isEqualTo(Long.MIN_VALUE);
    assertThat(evaluate(ansi, 1L, 0L)).isEqualTo(ERROR);
    assertThat(evaluate(wrap, 1L, 0L)).isNull();
    assertThat(evaluate(ansi, null, 0L)).isNull();
  }

  @Test
  void floatingPointFailsOnZeroDivisorsOnly() {
    DataType type = DataType.FLOAT64;
    assertThat(evaluate(binary(Operator.DIVIDE, type, type, ErrorMode.ANSI), 1d, -0d))
        .isEqualTo(ERROR);
    assertThat(evaluate(binary(Operator.DIVIDE, type, type, ErrorMode.WRAP), 1d, 0d)).isNull();
    assertThat(evaluate(binary(Operator.REMAINDER, type, type, ErrorMode.NULL), 1d, 0d)).isNull();
    assertThat(evaluate(binary(Operator.REMAINDER, type, type, ErrorMode.ANSI), -5.5, 2d))
        .isEqualTo(-1.5);
    assertThat(evaluate(binary(Operator.MULTIPLY, type, type, ErrorMode.ANSI), 1e300, 1e300))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(
            evaluate(
                binary(Operator.ADD, DataType.FLOAT32, DataType.FLOAT32, ErrorMode.ANSI),
                0.1f,
                0.2f))
        .isEqualTo(0.1f + 0.2f);
  }

  @Test
  void comparisonsPutNanLastAndZerosTogether() {
    for (Object a : EdgeValues.of(DataType.FLOAT64)) {
      for (Object b : EdgeValues.of(DataType.FLOAT64)) {
        if (a != null && b != null) {
          double x = (Double) a + 0.0;
          double y = (Double) b + 0.0;
          int sign = Double.compare(x, y);
          for (Comparison.Operator operator : Comparison.Operator.values()) {
            Expression e =
                new Comparison(
                    operator,
                    ExpressionCases.column(0, DataType.FLOAT64),
                    ExpressionCases.column(1, DataType.FLOAT64));
            assertThat(evaluate(e, a, b))
                .as(x + " " + operator + " " + y)
                .isEqualTo(operator.holds(sign));
          }
        }
      }
    }
  }

  static Stream<List<DataType>> decimalPairs() {
    return ExpressionCases.DECIMALS.stream()
        .flatMap(a -> ExpressionCases.DECIMALS.stream().map(b -> List.of(a, b)));
  }

  /** One rounding of the exact result, by integers alone. */
  @ParameterizedTest
  @MethodSource("decimalPairs")
  void decimalsRoundTheExactResultOnce(List<DataType> types) {
    DataType left = types.get(0);
    DataType right = types.get(1);
    for (Operator operator :
        List.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE)) {
      DataType type = SparkDecimalTypes.of(operator, left, right);
      Expression e =
          new Arithmetic(
              operator,
              ExpressionCases.column(0, left),
              ExpressionCases.column(1, right),
              type,
              ErrorMode.ANSI);
      for (Object a : EdgeValues.of(left)) {
        for (Object b : EdgeValues.of(right)) {
          if (a != null && b != null) {
            Object expected =
                expectedDecimal(
                    operator,
                    new BigDecimal((BigInteger) a, left.scale()),
                    new BigDecimal((BigInteger) b, right.scale()),
                    type);
            assertThat(evaluate(e, a, b))
                .as(a + " " + e + " " + b + " : " + type)
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  private static Object expectedDecimal(
      Operator operator, BigDecimal a, BigDecimal b, DataType type) {
    if (operator == Operator.DIVIDE && b.signum() == 0) {
      return ERROR;
    }
    BigDecimal value =
        switch (operator) {
          case ADD -> a.add(b).setScale(type.scale(), RoundingMode.HALF_UP);
          case SUBTRACT -> a.subtract(b).setScale(type.scale(), RoundingMode.HALF_UP);
          case MULTIPLY -> a.multiply(b).setScale(type.scale(), RoundingMode.HALF_UP);
          default -> a.divide(b, type.scale(), RoundingMode.HALF_UP);
        };
    return value.precision() > type.precision() ? ERROR : value.unscaledValue();
  }

  @Test
  void castsSaturateWrapOrFail() {
    Expression number = ExpressionCases.column(0, DataType.FLOAT64);
    assertThat(evaluate(new Cast(number, DataType.INT32, ErrorMode.WRAP), 1e20))
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(evaluate(new Cast(number, DataType.INT8, ErrorMode.WRAP), 300.7))
        .isEqualTo((byte) 44);
    assertThat(evaluate(new Cast(number, DataType.INT8, ErrorMode.ANSI), 127.9))
        .isEqualTo((byte) 127);
    assertThat(evaluate(new Cast(number, DataType.INT8, ErrorMode.ANSI), 128d)).isEqualTo(ERROR);
    assertThat(evaluate(new Cast(number, DataType.INT64, ErrorMode.ANSI), 0x1p63))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(evaluate(new Cast(number, DataType.INT64, ErrorMode.NULL), Double.NaN)).isNull();
    Expression wide = ExpressionCases.column(0, DataType.INT64);
    assertThat(evaluate(new Cast(wide, DataType.INT32, ErrorMode.WRAP), 1L << 32 | 5)).isEqualTo(5);
    assertThat(evaluate(new Cast(wide, DataType.decimal(3, 1), ErrorMode.NULL), 100L)).isNull();
    assertThat(evaluate(new Cast(wide, DataType.TIMESTAMP, ErrorMode.ANSI), Long.MAX_VALUE))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void castsRoundDecimalsHalfUp() {
    Expression money = ExpressionCases.column(0, DataType.decimal(5, 2));
    Expression tenths = new Cast(money, DataType.decimal(4, 1), ErrorMode.ANSI);
    assertThat(evaluate(tenths, BigInteger.valueOf(125))).isEqualTo(BigInteger.valueOf(13));
    assertThat(evaluate(tenths, BigInteger.valueOf(-125))).isEqualTo(BigInteger.valueOf(-13));
    assertThat(evaluate(tenths, BigInteger.valueOf(124))).isEqualTo(BigInteger.valueOf(12));
    Expression units = new Cast(money, DataType.INT8, ErrorMode.ANSI);
    assertThat(evaluate(units, BigInteger.valueOf(-199))).isEqualTo((byte) -1);
    assertThat(evaluate(units, BigInteger.valueOf(12_800))).isEqualTo(ERROR);
  }

  @Test
  void datesReachAsFarAsMicrosecondsDo() {
    Expression date = ExpressionCases.column(0, DataType.DATE);
    Expression cast = new Cast(date, DataType.TIMESTAMP_NTZ, ErrorMode.WRAP);
    assertThat(evaluate(cast, 1)).isEqualTo(86_400_000_000L);
    assertThatThrownBy(() -> RowEvaluator.evaluate(cast, c -> Integer.MAX_VALUE))
        .isInstanceOf(RowErrorException.class);
    Expression back =
        new Cast(ExpressionCases.column(0, DataType.TIMESTAMP), DataType.DATE, ErrorMode.ANSI);
    assertThat(evaluate(back, -1L)).isEqualTo(-1);
  }

  @Test
  void logicIsThreeValued() {
    Expression a = ExpressionCases.column(0, DataType.BOOLEAN);
    Expression b = ExpressionCases.column(1, DataType.BOOLEAN);
    Boolean[] values = {true, false, null};
    for (Boolean x : values) {
      for (Boolean y : values) {
        boolean oneFalse = Boolean.FALSE.equals(x) || Boolean.FALSE.equals(y);
        boolean oneTrue = Boolean.TRUE.equals(x) || Boolean.TRUE.equals(y);
        boolean oneNull = x == null || y == null;
        assertThat(evaluate(new And(a, b), x, y))
            .isEqualTo(oneFalse ? false : oneNull ? null : (Object) true);
        assertThat(evaluate(new Or(a, b), x, y))
            .isEqualTo(oneTrue ? true : oneNull ? null : (Object) false);
      }
    }
  }

  @Test
  void errorsInBranchesNotTakenAreNotRaised() {
    DataType type = DataType.INT64;
    Expression fails =
        new Arithmetic(
            Operator.REMAINDER,
            ExpressionCases.column(0, type),
            ExpressionCases.column(1, type),
            type,
            ErrorMode.ANSI);
    Expression one = new Literal(type, 1L);
    Expression zero =
        new Comparison(
            Comparison.Operator.EQ, ExpressionCases.column(1, type), new Literal(type, 0L));
    Expression guarded = new CaseWhen(List.of(new CaseWhen.Branch(zero, one)), fails);
    assertThat(evaluate(guarded, 5L, 0L)).isEqualTo(1L);
    assertThat(evaluate(new Coalesce(List.of(one, fails)), 5L, 0L)).isEqualTo(1L);
    assertThat(evaluate(fails, 5L, 0L)).isEqualTo(ERROR);
    Expression nullFirst =
        new Arithmetic(Operator.ADD, Literal.ofNull(type), fails, type, ErrorMode.ANSI);
    assertThat(evaluate(nullFirst, 5L, 0L)).isNull();
  }

  @Test
  void signsOfLongDecimalsAreRoundedLikeSpark() {
    DataType type = DataType.decimal(38, 0);
    Expression negated = new Negate(ExpressionCases.column(0, type), ErrorMode.ANSI);
    BigInteger value = BigInteger.TEN.pow(37).add(BigInteger.valueOf(15_001));
    BigInteger rounded = BigInteger.TEN.pow(37).add(BigInteger.valueOf(20_000));
    assertThat(evaluate(negated, value)).isEqualTo(rounded.negate());
    assertThat(evaluate(negated, BigInteger.TEN.pow(38).subtract(BigInteger.ONE))).isEqualTo(ERROR);
  }
}
