// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/** Writes the bounds of integer types. */
final class Ranges {
  private Ranges() {}

  /** Returns the smallest value as a GLSL constant of the type's register. */
  static String min(DataType integral) {
    return switch (integral.kind()) {
      case INT8 -> "-128";
      case INT16 -> "-32768";
      case INT32 -> "(-2147483647 - 1)";
      default -> "(-9223372036854775807l - 1l)";
    };
  }

  /** Returns the largest value as a GLSL constant of the type's register. */
  static String max(DataType integral) {
    return switch (integral.kind()) {
      case INT8 -> "127";
      case INT16 -> "32767";
      case INT32 -> "2147483647";
      default -> "9223372036854775807l";
    };
  }

  /** Returns code that wraps a value in the register of {@code integral} to its range. */
  static String wrap(String value, DataType integral) {
    return switch (integral.kind()) {
      case INT8 -> "i8_wrap(" + value + ")";
      case INT16 -> "i16_wrap(" + value + ")";
      default -> value;
    };
  }

  /**
   * Returns code that tells whether a variable lies outside the range of {@code integral}.
   *
   * @param register INT or LONG, wider than the type
   */
  static String outside(String value, Register register, DataType integral) {
    String min = min(integral);
    String max = max(integral);
    if (register == Register.LONG) {
      min = "int64_t(" + min + ")";
      max = "int64_t(" + max + ")";
    }
    return value + " < " + min + " || " + value + " > " + max;
  }
}
