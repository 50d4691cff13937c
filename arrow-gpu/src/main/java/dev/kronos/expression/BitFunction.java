// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lists functions of the bits of integers. */
public enum BitFunction implements ScalarFunction {
  /** How many bits of an integer, sign-extended to 64 bits, or of a boolean are set; INT32. */
  COUNT(
      new Signature(
          List.of(type -> type.isIntegral() || type.kind() == Kind.BOOLEAN),
          type -> DataType.INT32),
      Failure.NEVER,
      v -> v.get(0) instanceof Boolean set ? (set ? 1 : 0) : Long.bitCount(longOf(v.get(0)))),
  /**
   * The bit of an integer, INT8, at a position that is given second, INT32; fails unless it is at
   * least 0 and below the third operand, INT32, the number of bits.
   */
  GET(
      new Signature(
          List.of(DataType::isIntegral, DataType.INT32::equals, DataType.INT32::equals),
          type -> DataType.INT8),
      Failure.ALWAYS,
      BitFunction::bit),
  /** Bits moved to higher places, by the low 5 or 6 bits of the amount, as in Java. */
  SHIFT_LEFT(shift(), Failure.NEVER, v -> shifted(v, 0)),
  /** Bits moved to lower places, the sign filling up; amounts as for SHIFT_LEFT. */
  SHIFT_RIGHT(shift(), Failure.NEVER, v -> shifted(v, 1)),
  /** Bits moved to lower places, zeros filling up; amounts as for SHIFT_LEFT. */
  SHIFT_RIGHT_UNSIGNED(shift(), Failure.NEVER, v -> shifted(v, 2));

  private final Definition definition;

  BitFunction(Signature signature, Failure failure, Function<List<Object>, Object> java) {
    definition = new Definition(signature, failure, java);
  }

  private static Signature shift() {
    Predicate<DataType> register = type -> type.kind() == Kind.INT32 || type.kind() == Kind.INT64;
    return new Signature(List.of(register, DataType.INT32::equals), type -> type);
  }

  private static long longOf(Object value) {
    return ((Number) value).longValue();
  }

  private static Object bit(List<Object> v) {
    int place = (Integer) v.get(1);
    if (place < 0 || place >= (Integer) v.get(2)) {
      throw new RowErrorException(RowError.INDEX);
    }
    return (byte) ((longOf(v.get(0)) >> place) & 1);
  }

  private static Object shifted(List<Object> v, int direction) {
    int amount = (Integer) v.get(1);
    if (v.get(0) instanceof Integer a) {
      return new int[] {a << amount, a >> amount, a >>> amount}[direction];
    }
    long a = longOf(v.get(0));
    return new long[] {a << amount, a >> amount, a >>> amount}[direction];
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public String family() {
    return "bits";
  }
}
