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
    return switch (type.kind()) {
      case BOOLEAN -> Murmur3Hash.ofInt(seed, (Boolean) value ? 1 : 0);
      case INT8, INT16, INT32, DATE -> Murmur3Hash.ofInt(seed, ((Number) value).intValue());
      case INT64, TIMESTAMP, TIMESTAMP_NTZ ->
          Murmur3Hash.ofLong(seed, ((Number) value).longValue());
      case FLOAT32 -> Murmur3Hash.ofInt(seed, Float.floatToIntBits((Float) value + 0f));
      case FLOAT64 -> Murmur3Hash.ofLong(seed, Double.doubleToLongBits((Double) value + 0d));
      case DECIMAL -> decimal(seed, (BigInteger) value, type.precision());
      case STRING -> Murmur3Hash.ofBytes(seed, ((Utf8) value).bytes());
    };
  }

  private static int decimal(int seed, BigInteger unscaled, int precision) {
    return precision <= Register.LONG_DIGITS
        ? Murmur3Hash.ofLong(seed, unscaled.longValueExact())
        : Murmur3Hash.ofWide(seed, unscaled);
  }

  /** Hashes a value that is not null to 64 bits after what gave {@code seed}. */
  static long xxhash64(long seed, Object value, DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> XxHash64Hash.ofInt(seed, (Boolean) value ? 1 : 0);
      case INT8, INT16, INT32, DATE -> XxHash64Hash.ofInt(seed, ((Number) value).intValue());
      case INT64, TIMESTAMP, TIMESTAMP_NTZ ->
          XxHash64Hash.ofLong(seed, ((Number) value).longValue());
      case FLOAT32 -> XxHash64Hash.ofInt(seed, Float.floatToIntBits((Float) value + 0f));
      case FLOAT64 -> XxHash64Hash.ofLong(seed, Double.doubleToLongBits((Double) value + 0d));
      case DECIMAL ->
          type.precision() <= Register.LONG_DIGITS
              ? XxHash64Hash.ofLong(seed, ((BigInteger) value).longValueExact())
              : XxHash64Hash.ofWide(seed, (BigInteger) value);
      case STRING -> XxHash64Hash.ofBytes(seed, ((Utf8) value).bytes());
    };
  }
}
