// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import java.util.function.Predicate;

/** Names the sets of types that operands may be of; one set a line of a catalogue. */
public enum TypeSet {
  /** Every type that a column may have. */
  ALL("all", type -> true),
  /** True or false. */
  BOOLEAN("boolean", DataType.BOOLEAN::equals),
  /** Strings. */
  STRINGS("string", DataType.STRING::equals),
  /** Strings and bytes. */
  BYTES("string, binary", TypeSet::hasBytes),
  /** Strings and integers. */
  TEXT_OR_INTEGERS(
      "tinyint, smallint, int, bigint, string",
      type -> type.isIntegral() || type.equals(DataType.STRING)),
  /** Integers and decimals. */
  EXACT("tinyint, smallint, int, bigint, decimal", type -> type.isIntegral() || type.isDecimal()),
  /** Wall clocks. */
  CLOCKS("timestamp_ntz", DataType.TIMESTAMP_NTZ::equals),
  /** Integers. */
  INTEGERS("tinyint, smallint, int, bigint", DataType::isIntegral),
  /** Integers of 32 bits. */
  INT("int", DataType.INT32::equals),
  /** Integers, and true or false. */
  INTEGERS_AND_BOOLEAN(
      "tinyint, smallint, int, bigint, boolean",
      type -> type.isIntegral() || type.equals(DataType.BOOLEAN)),
  /** Integers of 32 and of 64 bits. */
  INT_AND_BIGINT("int, bigint", type -> type.equals(DataType.INT32) || type.equals(DataType.INT64)),
  /** 64-bit floating point numbers. */
  DOUBLE("double", DataType.FLOAT64::equals),
  /** 64-bit floating point numbers, and intervals of months or of days and times. */
  DOUBLE_AND_INTERVALS("double, intervals", DataType.FLOAT64::equals),
  /** Numbers that whole numbers are made of. */
  WHOLE(
      "bigint, double, decimal",
      type -> type.equals(DataType.INT64) || type.equals(DataType.FLOAT64) || type.isDecimal()),
  /** Instants. */
  TIMESTAMP("timestamp", DataType.TIMESTAMP::equals),
  /** Instants and wall clocks. */
  TIMES(
      "timestamp, timestamp_ntz",
      type -> type.equals(DataType.TIMESTAMP) || type.equals(DataType.TIMESTAMP_NTZ)),
  /** Whatever a time can be made of. */
  STRING_DATE_TIMES(
      "string, date, timestamp, timestamp_ntz",
      type ->
          type.equals(DataType.STRING)
              || type.equals(DataType.DATE)
              || type.equals(DataType.TIMESTAMP)
              || type.equals(DataType.TIMESTAMP_NTZ)),
  /** Dates. */
  DATE("date", DataType.DATE::equals),
  /** Integers, floating point numbers and decimals. */
  NUMBERS("numbers", DataType::isNumeric),
  /** Numbers, and intervals of months or of days and times. */
  NUMBERS_AND_INTERVALS("numbers, intervals", DataType::isNumeric),
  /** Intervals of months, or of days and times. */
  INTERVALS("intervals", type -> false),
  /** Floating point numbers. */
  FLOATS("float, double", DataType::isFloating),
  /** Numbers that division gives. */
  FRACTIONS("float, double, decimal", type -> type.isFloating() || type.isDecimal()),
  /** 64-bit integers. */
  BIGINT("bigint", DataType.INT64::equals),
  /** Whatever has digits of base 16. */
  BIGINT_AND_BYTES("bigint, string, binary", type -> type.equals(DataType.INT64) || hasBytes(type)),
  /** Numbers that are divided without remainder. */
  BIGINT_AND_DECIMALS("bigint, decimal", type -> type.equals(DataType.INT64) || type.isDecimal()),
  /** Decimals. */
  DECIMALS("decimal", DataType::isDecimal),
  /** Decimals whose digits fit 64 bits. */
  LONG_DECIMALS("decimal of up to 18 digits", TypeSet::fitsLong),
  /** No type: what is listed with it is listed for its reason. */
  NONE("none", type -> false);

  private static final int LONG_DIGITS = 18;

  private final String words;
  private final Predicate<DataType> members;

  TypeSet(String words, Predicate<DataType> members) {
    this.words = words;
    this.members = members;
  }

  /** Returns the set in words, for messages and documentation. */
  public String words() {
    return words;
  }

  /** Tells whether intervals belong to the set, beside the types that it {@link #contains}. */
  boolean takesIntervals() {
    return switch (this) {
      case ALL, NUMBERS_AND_INTERVALS, DOUBLE_AND_INTERVALS, INTERVALS -> true;
      default -> false;
    };
  }

  /** Tells whether a type belongs to the set. */
  public boolean contains(DataType type) {
    return members.test(type);
  }

  private static boolean hasBytes(DataType type) {
    return type.equals(DataType.STRING) || type.equals(DataType.BINARY);
  }

  private static boolean fitsLong(DataType type) {
    return type.isDecimal() && type.precision() <= LONG_DIGITS;
  }
}
