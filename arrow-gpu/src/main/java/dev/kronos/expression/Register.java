// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/** Lists the GLSL types in which generated code holds values. */
enum Register {
  BOOL("bool", "false"),
  INT("int", "0"),
  LONG("int64_t", "0l"),
  FLOAT("float", "0.0f"),
  DOUBLE("double", "0.0lf"),
  WIDE("i128", "i128(0ul, 0l)"),
  TEXT("Str", "Str(0ul, 0u)");

  /** Most decimal digits of which every value, and the sum of any two, fit INT. */
  static final int INT_DIGITS = 9;

  /** Most decimal digits of which every value, and the sum of any two, fit LONG. */
  static final int LONG_DIGITS = 18;

  private final String glsl;
  private final String zero;

  Register(String glsl, String zero) {
    this.glsl = glsl;
    this.zero = zero;
  }

  /** Returns how many bytes of registers a value takes. */
  int sizeBytes() {
    return switch (this) {
      case BOOL, INT, FLOAT -> Integer.BYTES;
      case LONG, DOUBLE -> Long.BYTES;
      case WIDE, TEXT -> 2 * Long.BYTES;
    };
  }

  /** Returns the name of the GLSL type. */
  String glsl() {
    return glsl;
  }

  /** Returns an expression for some harmless value. */
  String zero() {
    return zero;
  }

  /** Returns the register of the values of a type. */
  static Register of(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> BOOL;
      case INT8, INT16, INT32, DATE -> INT;
      case INT64, TIMESTAMP, TIMESTAMP_NTZ -> LONG;
      case FLOAT32 -> FLOAT;
      case FLOAT64 -> DOUBLE;
      case DECIMAL -> ofDigits(type.precision());
      case STRING -> TEXT;
      default -> of(type.carrier());
    };
  }

  /** Returns the narrowest integer register that holds integers of {@code digits} digits. */
  static Register ofDigits(int digits) {
    return digits <= INT_DIGITS ? INT : digits <= LONG_DIGITS ? LONG : WIDE;
  }

  /** Returns the wider of two integer registers. */
  Register max(Register other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Returns code that converts an integer to another integer register, keeping the low bits. */
  String convert(String value, Register to) {
    if (this == to) {
      return value;
    }
    return switch (to) {
      case INT -> this == WIDE ? "int(i128_to_i64(" + value + "))" : "int(" + value + ")";
      case LONG -> (this == WIDE ? "i128_to_i64(" : "i64_from_i32(") + value + ")";
      case WIDE -> (this == INT ? "i128_from_i32(" : "i128_from_i64(") + value + ")";
      default -> throw new IllegalArgumentException("not an integer register: to=" + to);
    };
  }
}
