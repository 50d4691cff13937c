// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import java.util.Locale;
import java.util.Objects;

/**
 * Names the logical type of a column or an expression. Immutable.
 *
 * <p>Kernels know how to compute with the kinds from BOOLEAN to STRING. Values of the others, from
 * UINT8 on, they only carry: such a value lies in memory and is held as one of its {@linkplain
 * #carrier carrier}, and is converted before anything looks at it.
 *
 * @param kind the family of the type
 * @param precision decimal digits, 1 to 38; 0 unless {@code kind} is DECIMAL
 * @param scale of DECIMAL the digits after the point, 0 to {@code precision}; of times and
 *     durations the unit: 0 for seconds, 3 for milliseconds, 6 for microseconds, 9 for nanoseconds;
 *     0 for the other kinds
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
    STRING,
    /** Unsigned 8-bit integer. */
    UINT8,
    /** Unsigned 16-bit integer. */
    UINT16,
    /** Unsigned 32-bit integer. */
    UINT32,
    /** Unsigned 64-bit integer. */
    UINT64,
    /** IEEE 754 half precision. */
    FLOAT16,
    /** Time of day in seconds or milliseconds, signed 32-bit. */
    TIME32,
    /** Time of day in microseconds or nanoseconds, signed 64-bit. */
    TIME64,
    /** Elapsed time in seconds or parts of one, signed 64-bit. */
    DURATION,
    /** Bytes, ordered as unsigned. */
    BINARY
  }

  private static final String[] UNITS = {"s", "ms", "us", "ns"};

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

  /** Unsigned 8-bit integer. */
  public static final DataType UINT8 = simple(Kind.UINT8);

  /** Unsigned 16-bit integer. */
  public static final DataType UINT16 = simple(Kind.UINT16);

  /** Unsigned 32-bit integer. */
  public static final DataType UINT32 = simple(Kind.UINT32);

  /** Unsigned 64-bit integer. */
  public static final DataType UINT64 = simple(Kind.UINT64);

  /** IEEE 754 half precision. */
  public static final DataType FLOAT16 = simple(Kind.FLOAT16);

  /** Time of day in seconds. */
  public static final DataType TIME_SECONDS = new DataType(Kind.TIME32, 0, 0);

  /** Time of day in milliseconds. */
  public static final DataType TIME_MILLIS = new DataType(Kind.TIME32, 0, 3);

  /** Time of day in microseconds. */
  public static final DataType TIME_MICROS = new DataType(Kind.TIME64, 0, 6);

  /** Time of day in nanoseconds. */
  public static final DataType TIME_NANOS = new DataType(Kind.TIME64, 0, 9);

  /** Bytes. */
  public static final DataType BINARY = simple(Kind.BINARY);

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
    if (!decimal && (precision != 0 || !isUnit(kind, scale))) {
      throw new IllegalArgumentException(
          "precision or scale of a type without: kind=" + kind + " scale=" + scale);
    }
  }

  private static boolean isUnit(Kind kind, int scale) {
    return switch (kind) {
      case TIME32 -> scale == 0 || scale == 3;
      case TIME64 -> scale == 6 || scale == 9;
      case DURATION -> scale >= 0 && scale <= 9 && scale % 3 == 0;
      default -> scale == 0;
    };
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

  /**
   * Makes the type of durations in a unit.
   *
   * @param scale 0 for seconds, 3 for milliseconds, 6 for microseconds, 9 for nanoseconds
   */
  public static DataType duration(int scale) {
    return new DataType(Kind.DURATION, 0, scale);
  }

  /**
   * Returns the type that kernels compute with whose values lie in memory as those of this type do:
   * for unsigned integers the signed one of their width, for halves INT16, for times and durations
   * the integer they count in, for bytes STRING; every other type is its own.
   */
  public DataType carrier() {
    return switch (kind) {
      case UINT8 -> INT8;
      case UINT16, FLOAT16 -> INT16;
      case UINT32, TIME32 -> INT32;
      case UINT64, TIME64, DURATION -> INT64;
      case BINARY -> STRING;
      default -> this;
    };
  }

  /** Tells whether kernels only carry such values, as those of another type. */
  public boolean isCarried() {
    return kind.compareTo(Kind.STRING) > 0;
  }

  /** Tells whether this is UINT8, UINT16, UINT32 or UINT64. */
  public boolean isUnsigned() {
    return switch (kind) {
      case UINT8, UINT16, UINT32, UINT64 -> true;
      default -> false;
    };
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

  // What a record has by itself goes through method handles, which are slow until the optimising
  // compiler has seen them; types are compared for each row in the twins, and often in planning.

  @Override
  public boolean equals(Object other) {
    return other instanceof DataType type
        && kind == type.kind
        && precision == type.precision
        && scale == type.scale;
  }

  @Override
  public int hashCode() {
    return (31 * kind.hashCode() + precision) * 31 + scale;
  }

  /**
   * Names the type as SQL does, for example {@code decimal(15,2)} or {@code bigint}; what SQL has
   * no name for as Arrow does, for example {@code uint8} or {@code time32[ms]}.
   */
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
      case TIME32, TIME64, DURATION ->
          kind.name().toLowerCase(Locale.ROOT) + "[" + UNITS[scale / 3] + "]";
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }
}
