// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import java.util.Locale;
import java.util.Objects;

/**
 * Names the logical type of a column or an expression. Immutable.
 *
 * @param kind the family of the type
 * @param precision decimal digits, 1 to 38; 0 unless {@code kind} is DECIMAL
 * @param scale decimal digits after the point, 0 to {@code precision}; 0 unless {@code kind} is
 *     DECIMAL
 */
public record DataType(Kind kind, int precision, int scale) {

  /** Lists the type families; each names the meaning of a value, not how it lies in memory. */
  public enum Kind {
    /** True or false. */
    BOOLEAN,
    /** Signed 8-bit integer. */
    INT8,
    /** Signed 16-bit integer. */
    INT16,
    /** Signed 32-bit integer. */
    INT32,
    /** Signed 64-bit integer. */
    INT64,
    /** IEEE 754 single precision. */
    FLOAT32,
    /** IEEE 754 double precision. */
    FLOAT64,
    /** Days since 1970-01-01, signed 32-bit. */
    DATE,
    /** Microseconds since 1970-01-01T00:00:00Z, signed 64-bit. */
    TIMESTAMP,
    /** Microseconds since 1970-01-01T00:00:00 on a wall clock without zone, signed 64-bit. */
    TIMESTAMP_NTZ,
    /** Exact decimal: an unscaled signed integer of {@code precision} digits. */
    DECIMAL,
    /** UTF-8 characters, ordered as unsigned bytes. */
    STRING
  }

  /** The largest decimal precision. */
  public static final int MAX_PRECISION = 38;

  /** True or false. */
  public static final DataType BOOLEAN = simple(Kind.BOOLEAN);

  /** Signed 8-bit integer. */
  public static final DataType INT8 = simple(Kind.INT8);

  /** Signed 16-bit integer. */
  public static final DataType INT16 = simple(Kind.INT16);

  /** Signed 32-bit integer. */
  public static final DataType INT32 = simple(Kind.INT32);

  /** Signed 64-bit integer. */
  public static final DataType INT64 = simple(Kind.INT64);

  /** IEEE 754 single precision. */
  public static final DataType FLOAT32 = simple(Kind.FLOAT32);

  /** IEEE 754 double precision. */
  public static final DataType FLOAT64 = simple(Kind.FLOAT64);

  /** Days since 1970-01-01. */
  public static final DataType DATE = simple(Kind.DATE);

  /** Microseconds since the epoch, UTC. */
  public static final DataType TIMESTAMP = simple(Kind.TIMESTAMP);

  /** Microseconds on a wall clock without zone. */
  public static final DataType TIMESTAMP_NTZ = simple(Kind.TIMESTAMP_NTZ);

  /** UTF-8 characters. */
  public static final DataType STRING = simple(Kind.STRING);

  /** Checks the parameters; throws IllegalArgumentException when they do not fit the kind. */
  public DataType {
    Objects.requireNonNull(kind, "kind");
    boolean decimal = kind == Kind.DECIMAL;
    if (decimal && (precision < 1 || precision > MAX_PRECISION)) {
      throw new IllegalArgumentException("decimal precision not in 1..38: precision=" + precision);
    }
    if (decimal && (scale < 0 || scale > precision)) {
      throw new IllegalArgumentException(
          "decimal scale not in 0..precision: precision=" + precision + " scale=" + scale);
    }
    if (!decimal && (precision != 0 || scale != 0)) {
      throw new IllegalArgumentException("precision and scale belong to decimals: kind=" + kind);
    }
  }

  private static DataType simple(Kind kind) {
    return new DataType(kind, 0, 0);
  }

  /**
   * Makes a decimal type.
   *
   * @param precision digits, 1 to 38
   * @param scale digits after the point, 0 to {@code precision}
   */
  public static DataType decimal(int precision, int scale) {
    return new DataType(Kind.DECIMAL, precision, scale);
  }

  /** Tells whether this is a decimal type. */
  public boolean isDecimal() {
    return kind == Kind.DECIMAL;
  }

  /** Tells whether this is INT8, INT16, INT32 or INT64. */
  public boolean isIntegral() {
    return switch (kind) {
      case INT8, INT16, INT32, INT64 -> true;
      default -> false;
    };
  }

  /** Tells whether this is FLOAT32 or FLOAT64. */
  public boolean isFloating() {
    return kind == Kind.FLOAT32 || kind == Kind.FLOAT64;
  }

  /** Tells whether values can be added and multiplied: integral, floating or decimal. */
  public boolean isNumeric() {
    return isIntegral() || isFloating() || isDecimal();
  }

  /** Names the type as SQL does, for example {@code decimal(15,2)} or {@code bigint}. */
  @Override
  public String toString() {
    return switch (kind) {
      case INT8 -> "tinyint";
      case INT16 -> "smallint";
      case INT32 -> "int";
      case INT64 -> "bigint";
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
      case DECIMAL -> "decimal(" + precision + "," + scale + ")";
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }
}
