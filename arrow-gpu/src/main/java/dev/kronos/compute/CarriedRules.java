// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Bitwise;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.HalfFunction;
import dev.kronos.expression.Literal;
import dev.kronos.expression.RoundNumber;
import java.math.BigInteger;
import java.util.List;

/**
 * Turns values of types that expressions only {@linkplain DataType#isCarried carry} into values
 * that they compute with, and back. All other values are their own. What is here is all that
 * functions know of such types.
 */
final class CarriedRules {
  /** Holds every unsigned number. */
  static final DataType UNSIGNED = DataType.decimal(20, 0);

  private static final DataType SIGNED = DataType.decimal(19, 0);
  private static final DataType WHOLE = DataType.decimal(DataType.MAX_PRECISION, 0);
  private static final BigInteger HALF_RANGE = BigInteger.ONE.shiftLeft(Long.SIZE - 1);

  private CarriedRules() {}

  /** Returns the value as it lies in memory. */
  static Expression bits(Expression value) {
    return as(value, value.type().carrier());
  }

  /** Names a value as one of another type whose values lie in memory alike. */
  static Expression as(Expression value, DataType type) {
    return value.type().equals(type) ? value : new Cast(value, type, ErrorMode.ANSI);
  }

  /** Returns values in whose order the values are: flipping its highest bit orders an unsigned. */
  static Expression ordered(Expression value) {
    if (value.type().isUnsigned()) {
      return flipped(bits(value));
    }
    return value.type().kind() == Kind.FLOAT16 ? number(value) : bits(value);
  }

  /** Returns the type of {@link #ordered} values. */
  static DataType orderedType(DataType type) {
    return type.kind() == Kind.FLOAT16 ? DataType.FLOAT32 : type.carrier();
  }

  /** Undoes {@link #ordered}. */
  static Expression unordered(Expression ordered, DataType type) {
    if (type.isUnsigned()) {
      return as(flipped(ordered), type);
    }
    return type.kind() == Kind.FLOAT16 ? half(ordered) : as(ordered, type);
  }

  private static Expression flipped(Expression bits) {
    long least = -1L << (NumberRules.bits(bits.type()) - 1);
    return new Bitwise(Bitwise.Operator.XOR, bits, NumberRules.integer(bits.type(), least));
  }

  /** Returns the number that the value is: INT32, INT64, a decimal or, of halves, FLOAT32. */
  static Expression number(Expression value) {
    return switch (value.type().kind()) {
      case FLOAT16 -> Call.of(HalfFunction.TO_FLOAT, bits(value));
      case UINT8 -> masked(value, DataType.INT32);
      case UINT16, UINT32 -> masked(value, DataType.INT64);
      case UINT64 -> {
        Expression fromHalf = new Cast(ordered(value), SIGNED, ErrorMode.ANSI);
        yield new Arithmetic(
            Arithmetic.Operator.ADD,
            fromHalf,
            new Literal(SIGNED, HALF_RANGE),
            UNSIGNED,
            ErrorMode.ANSI);
      }
      default -> value;
    };
  }

  private static Expression masked(Expression unsigned, DataType wide) {
    Expression bits = bits(unsigned);
    long mask = (1L << NumberRules.bits(bits.type())) - 1;
    return new Bitwise(Bitwise.Operator.AND, integer(bits, wide), NumberRules.integer(wide, mask));
  }

  /** Returns the 64 bits of an unsigned number, as an INT64. */
  static Expression word(Expression unsigned) {
    return unsigned.type().equals(DataType.UINT64)
        ? bits(unsigned)
        : integer(number(unsigned), DataType.INT64);
  }

  private static Expression integer(Expression value, DataType to) {
    return value.type().equals(to) ? value : new Cast(value, to, ErrorMode.ANSI);
  }

  /** Returns the half that is nearest to a number. */
  static Expression half(Expression number) {
    Expression wide = integer(number, DataType.FLOAT64);
    return as(Call.of(HalfFunction.OF_DOUBLE, wide), DataType.FLOAT16);
  }

  /**
   * Returns a number as an unsigned one.
   *
   * @param number a boolean, an integer, a floating point number or a decimal
   * @param to what it becomes
   * @param mode ANSI fails where it does not fit; WRAP keeps the low bits, of a floating point
   *     number those of the nearest INT64
   */
  static Expression unsigned(Expression number, DataType to, ErrorMode mode) {
    if (mode != ErrorMode.ANSI) {
      Expression word = CastRules.plain(number, DataType.INT64, ErrorMode.WRAP);
      return as(CastRules.plain(word, to.carrier(), ErrorMode.WRAP), to);
    }
    return to.equals(DataType.UINT64)
        ? unsignedLong(number)
        : narrow(CastRules.plain(number, DataType.INT64, ErrorMode.ANSI), to, ErrorMode.ANSI);
  }

  /**
   * Returns an INT64 as an unsigned number of up to 32 bits: what is less by half the range fits
   * the signed type of this width, or does not fit at all.
   *
   * @param mode ANSI fails where it does not fit, NULL gives null
   */
  static Expression narrow(Expression word, DataType to, ErrorMode mode) {
    long half = 1L << (NumberRules.bits(to.carrier()) - 1);
    Expression lower =
        new Arithmetic(
            Arithmetic.Operator.SUBTRACT,
            word,
            new Literal(DataType.INT64, half),
            DataType.INT64,
            ErrorMode.WRAP);
    return as(flipped(new Cast(lower, to.carrier(), mode)), to);
  }

  private static Expression unsignedLong(Expression number) {
    if (number.type().isFloating()) {
      return unsignedLongOfFloat(number);
    }
    return unsignedLong(whole(number), ErrorMode.ANSI);
  }

  /**
   * Returns a decimal without fraction as a UINT64.
   *
   * @param mode ANSI fails where it does not fit, NULL gives null
   */
  static Expression unsignedLong(Expression whole, ErrorMode mode) {
    Expression lower =
        new Arithmetic(
            Arithmetic.Operator.SUBTRACT, whole, new Literal(SIGNED, HALF_RANGE), WHOLE, mode);
    return as(flipped(new Cast(lower, DataType.INT64, mode)), DataType.UINT64);
  }

  /** Cuts off the fraction of a decimal, towards zero. */
  private static Expression whole(Expression number) {
    DataType type = number.type();
    if (!type.isDecimal()) {
      return new Cast(number, SIGNED, ErrorMode.ANSI);
    }
    if (type.scale() == 0) {
      return number;
    }
    Expression negative =
        new Comparison(Comparison.Operator.LT, number, new Literal(type, BigInteger.ZERO));
    return new CaseWhen(
        List.of(new CaseWhen.Branch(negative, rounded(number, RoundNumber.Direction.CEILING))),
        rounded(number, RoundNumber.Direction.FLOOR));
  }

  private static Expression rounded(Expression decimal, RoundNumber.Direction direction) {
    return new RoundNumber(decimal, WHOLE, 0, direction, ErrorMode.ANSI);
  }

  private static Expression unsignedLongOfFloat(Expression number) {
    Expression half = NumberRules.number(number.type(), 0x1p63);
    Expression lower =
        new Arithmetic(Arithmetic.Operator.SUBTRACT, number, half, number.type(), ErrorMode.WRAP);
    Expression small = CastRules.plain(number, DataType.INT64, ErrorMode.ANSI);
    Expression negative =
        new Comparison(Comparison.Operator.LT, small, new Literal(DataType.INT64, 0L));
    Expression fitting =
        new CaseWhen(List.of(new CaseWhen.Branch(negative, CastRules.failure())), small);
    Expression large = flipped(CastRules.plain(lower, DataType.INT64, ErrorMode.ANSI));
    Expression isLarge = new Comparison(Comparison.Operator.GE, number, half);
    return as(new CaseWhen(List.of(new CaseWhen.Branch(isLarge, large)), fitting), DataType.UINT64);
  }
}
