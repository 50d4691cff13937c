// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.kernels.twin.Halves;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Says in plain Java what values mean whose types expressions only carry: an unsigned integer is a
 * {@link BigInteger}, a half a {@link Double}. Other values mean what they are.
 */
final class OracleTypes {
  private OracleTypes() {}

  static boolean isFloating(DataType type) {
    return type.isFloating() || type.equals(DataType.FLOAT16);
  }

  static boolean isNumeric(DataType type) {
    return type.isNumeric() || isFloating(type) || type.isUnsigned();
  }

  static boolean isInteger(DataType type) {
    return type.isIntegral() || type.isUnsigned();
  }

  /** Returns what a stored value means; null is null. */
  static Object meaning(DataType type, Object stored) {
    if (stored == null) {
      return null;
    }
    if (type.equals(DataType.FLOAT16)) {
      return (double) Halves.toFloat((Short) stored);
    }
    return type.isUnsigned()
        ? BigInteger.valueOf(((Number) stored).longValue()).mod(range(type))
        : stored;
  }

  static List<Object> meanings(DataType type, List<Object> stored) {
    List<Object> meanings = new ArrayList<>();
    stored.forEach(value -> meanings.add(meaning(type, value)));
    return meanings;
  }

  /** Returns how a value is stored; null is null. */
  static Object stored(DataType type, Object meaning) {
    if (meaning == null) {
      return null;
    }
    if (type.equals(DataType.FLOAT16)) {
      return Halves.ofDouble(((Number) meaning).doubleValue());
    }
    return type.isUnsigned() ? ArrowOracle.box(type, ((Number) meaning).longValue()) : meaning;
  }

  /** Makes all NaNs of halves one, as keys have them. */
  static List<Object> keys(DataType type, List<Object> stored) {
    List<Object> keys = new ArrayList<>();
    for (Object value : stored) {
      boolean nan =
          type.equals(DataType.FLOAT16) && value != null && ((Short) value & 0x7FFF) > 0x7C00;
      keys.add(nan ? (Object) (short) 0x7E00 : value);
    }
    return keys;
  }

  static int bits(DataType integer) {
    return switch (integer.carrier().kind()) {
      case INT8 -> Byte.SIZE;
      case INT16 -> Short.SIZE;
      case INT32 -> Integer.SIZE;
      default -> Long.SIZE;
    };
  }

  private static BigInteger range(DataType integer) {
    return BigInteger.ONE.shiftLeft(bits(integer));
  }

  /** Tells whether an integer type holds a number. */
  static boolean fits(DataType integer, BigInteger number) {
    return integer.isUnsigned()
        ? number.signum() >= 0 && number.bitLength() <= bits(integer)
        : number.bitLength() < bits(integer);
  }
}
