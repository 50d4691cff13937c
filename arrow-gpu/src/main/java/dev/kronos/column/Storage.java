// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import java.math.BigInteger;

/**
 * Tells how the values of a column lie in memory. All multi-byte values are little-endian two's
 * complement or IEEE 754.
 */
public enum Storage {
  /** One bit a value, least significant bit first (Arrow booleans). */
  BITS(0),
  /** One byte a value. */
  INT8(1),
  /** Two bytes a value. */
  INT16(2),
  /** Four bytes a value. */
  INT32(4),
  /** Eight bytes a value. */
  INT64(8),
  /** Sixteen bytes a value, low word first (Arrow decimal128). */
  INT128(16),
  /** Four bytes a value. */
  FLOAT32(4),
  /** Eight bytes a value. */
  FLOAT64(8),
  /** Characters addressed by int32 offsets, one more than there are values. */
  UTF8(0);

  private final int bytesPerValue;

  Storage(int bytesPerValue) {
    this.bytesPerValue = bytesPerValue;
  }

  /** Returns the bytes of one value, or 0 for BITS and UTF8, whose values are not whole bytes. */
  public int bytesPerValue() {
    return bytesPerValue;
  }

  /**
   * Returns what the address of the first value must be a multiple of, in bytes, for kernels to
   * read the values in place. Characters are read in words of 8 bytes.
   */
  public int alignment() {
    return switch (this) {
      case BITS -> 1;
      case UTF8 -> Long.BYTES;
      default -> bytesPerValue;
    };
  }

  /** Tells whether every value takes the same whole number of bytes. */
  public boolean isFixedWidth() {
    return bytesPerValue != 0;
  }

  /**
   * Returns the bytes that the values of {@code rows} rows take (not the validity, nor offsets).
   *
   * @throws UnsupportedOperationException for UTF8, whose size depends on the characters
   */
  public long sizeBytes(long rows) {
    if (this == UTF8) {
      throw new UnsupportedOperationException("size of characters is not fixed: storage=UTF8");
    }
    return this == BITS ? (rows + 7) / 8 : rows * bytesPerValue;
  }

  /** Tells whether every value of {@code type} can be stored this way. */
  public boolean holds(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> this == BITS || this == INT8;
      case INT8 -> this == INT8;
      case INT16 -> this == INT16;
      case INT32, DATE -> this == INT32;
      case INT64, TIMESTAMP, TIMESTAMP_NTZ -> this == INT64;
      case FLOAT32 -> this == FLOAT32;
      case FLOAT64 -> this == FLOAT64;
      case DECIMAL -> holdsDecimal(type.precision());
      case STRING -> this == UTF8;
      default -> holds(type.carrier());
    };
  }

  private boolean holdsDecimal(int precision) {
    return switch (this) {
      case INT8, INT16, INT32, INT64, INT128 ->
          BigInteger.TEN.pow(precision).bitLength() < bytesPerValue * 8;
      default -> false;
    };
  }

  /**
   * Returns the narrowest storage that holds every value of {@code type}: what device columns use.
   * Decimals take INT32 up to 9 digits, INT64 up to 18 and INT128 above; booleans take one byte.
   */
  public static Storage narrowest(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN, INT8 -> INT8;
      case INT16 -> INT16;
      case INT32, DATE -> INT32;
      case INT64, TIMESTAMP, TIMESTAMP_NTZ -> INT64;
      case FLOAT32 -> FLOAT32;
      case FLOAT64 -> FLOAT64;
      case DECIMAL -> type.precision() <= 9 ? INT32 : type.precision() <= 18 ? INT64 : INT128;
      case STRING -> UTF8;
      default -> narrowest(type.carrier());
    };
  }
}
