// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.kernels.twin.Murmur3Hash;
import dev.kronos.kernels.twin.XxHash64Hash;
import java.math.BigInteger;

/** Hashes values as {@link Literal} describes them. */
final class RowHash {
  private RowHash() {}

  /** Hashes a value that is not null after what gave {@code seed}. */
  static int murmur3(int seed, Object value, DataType type) {
    Object hashed = hashed(value, type);
    if (hashed instanceof Integer number) {
      return Murmur3Hash.ofInt(seed, number);
    }
    if (hashed instanceof Long number) {
      return Murmur3Hash.ofLong(seed, number);
    }
    return hashed instanceof BigInteger wide
        ? Murmur3Hash.ofWide(seed, wide)
        : Murmur3Hash.ofBytes(seed, (byte[]) hashed);
  }

  /** Hashes a value that is not null to 64 bits after what gave {@code seed}. */
  static long xxhash64(long seed, Object value, DataType type) {
    Object hashed = hashed(value, type);
    if (hashed instanceof Integer number) {
      return XxHash64Hash.ofInt(seed, number);
    }
    if (hashed instanceof Long number) {
      return XxHash64Hash.ofLong(seed, number);
    }
    return hashed instanceof BigInteger wide
        ? XxHash64Hash.ofWide(seed, wide)
        : XxHash64Hash.ofBytes(seed, (byte[]) hashed);
  }

  /** Returns what is hashed of a value: 32 bits, 64 bits, a wide number or bytes. */
  private static Object hashed(Object value, DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> (Integer) ((Boolean) value ? 1 : 0);
      case INT8, INT16, INT32, DATE -> (Integer) ((Number) value).intValue();
      case INT64, TIMESTAMP, TIMESTAMP_NTZ -> (Long) ((Number) value).longValue();
      case FLOAT32 -> (Integer) Float.floatToIntBits((Float) value + 0f);
      case FLOAT64 -> (Long) Double.doubleToLongBits((Double) value + 0d);
      case DECIMAL -> decimal((BigInteger) value, type.precision());
      case STRING -> ((Utf8) value).bytes();
      default -> throw new IllegalArgumentException("no hash of this type: type=" + type);
    };
  }

  private static Object decimal(BigInteger unscaled, int precision) {
    return precision <= Register.LONG_DIGITS ? (Object) unscaled.longValueExact() : unscaled;
  }
}
