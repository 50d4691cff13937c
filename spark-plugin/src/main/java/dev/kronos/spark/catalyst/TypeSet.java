// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import java.util.function.Predicate;

/** Names the sets of types that operands may be of; one set a line of a catalogue. */
public enum TypeSet {
  /** Every type that a column may have. */
  ALL("all", type -> true),
  /** Every type but strings. */
  ALL_BUT_STRING("all but string", type -> type.kind() != Kind.STRING),
  /** True or false. */
  BOOLEAN("boolean", DataType.BOOLEAN::equals),
  /** Strings. */
  STRINGS("string", DataType.STRING::equals),
  /** Dates. */
  DATE("date", DataType.DATE::equals),
  /** Integers, floating point numbers and decimals. */
  NUMBERS("numbers", DataType::isNumeric),
  /** Floating point numbers. */
  FLOATS("float, double", DataType::isFloating),
  /** Numbers that division gives. */
  FRACTIONS("float, double, decimal", type -> type.isFloating() || type.isDecimal()),
  /** 64-bit integers. */
  BIGINT("bigint", DataType.INT64::equals),
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

  /** Tells whether a type belongs to the set. */
  public boolean contains(DataType type) {
    return members.test(type);
  }

  private static boolean fitsLong(DataType type) {
    return type.isDecimal() && type.precision() <= LONG_DIGITS;
  }
}
