// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.column.DataType;
import dev.kronos.expression.Utf8;
import java.math.BigInteger;
import java.util.Random;

/** Draws values of any type, edge values among them, from a number of distinct ones. */
public final class RandomValues {
  private final Random random;

  /** Creates a source that gives the same values for the same seed. */
  public RandomValues(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Draws a value.
   *
   * @param distinct how many distinct values to draw from, more than 0
   * @param nullPercent how many of a hundred are null
   */
  public Object next(DataType type, int distinct, int nullPercent) {
    if (random.nextInt(100) < nullPercent) {
      return null;
    }
    return value(type, random.nextInt(distinct));
  }

  /** Returns the value of a number, always the same; small numbers are edge values. */
  public static Object value(DataType type, int number) {
    long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
    return switch (type.kind()) {
      case BOOLEAN -> number % 2 == 0;
      case INT8 -> (byte) integer(number, mixed, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case INT16 -> (short) integer(number, mixed, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT32, DATE -> (int) integer(number, mixed, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT64, TIMESTAMP, TIMESTAMP_NTZ ->
          integer(number, mixed, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT32 -> (float) floating(number, mixed, Float.MAX_VALUE, Float.MIN_NORMAL);
      case FLOAT64 -> floating(number, mixed, Double.MAX_VALUE, Double.MIN_VALUE);
      case DECIMAL -> decimal(number, mixed, type.precision());
      case STRING -> text(number);
      default -> value(type.carrier(), number);
    };
  }

  private static long integer(int number, long mixed, long least, long greatest) {
    return switch (number) {
      case 0 -> 0;
      case 1 -> least;
      case 2 -> greatest;
      case 3 -> -1;
      default -> mixed;
    };
  }

  private static double floating(int number, long mixed, double greatest, double least) {
    return switch (number) {
      case 0 -> 0.0;
      case 1 -> -1.5;
      case 2 -> greatest;
      case 3 -> least;
      case 4 -> -greatest;
      default -> (mixed >> 32) * StrictMath.pow(2, number % 64 - 60);
    };
  }

  private static BigInteger decimal(int number, long mixed, int precision) {
    BigInteger most = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    return switch (number) {
      case 0 -> BigInteger.ZERO;
      case 1 -> most;
      case 2 -> most.negate();
      default ->
          BigInteger.valueOf(mixed)
              .pow(3)
              .add(BigInteger.valueOf(number))
              .remainder(most.add(BigInteger.ONE));
    };
  }

  private static Utf8 text(int number) {
    return switch (number) {
      case 0 -> Utf8.of("");
      case 1 -> Utf8.of("\u00e4\u4e16\uD83D\uDE00");
      case 2 -> Utf8.of("a".repeat(100));
      default -> Utf8.of("x".repeat(number % 9) + number);
    };
  }
}
