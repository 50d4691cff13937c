// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/**
 * Names a value in generated code. Both parts are variables or constants: they may be written any
 * number of times.
 *
 * @param value name of the value, of the register type of {@code type}; anything when null
 * @param isNull name of the null flag: a bool variable, {@code "false"} when never null or {@code
 *     "true"} when always
 * @param type type of the value
 */
public record GlslValue(String value, String isNull, DataType type) {
  static final String NEVER = "false";
  static final String ALWAYS = "true";

  /** Tells whether the value is never null. */
  public boolean neverNull() {
    return isNull.equals(NEVER);
  }

  /** Tells whether the value is always null. */
  public boolean alwaysNull() {
    return isNull.equals(ALWAYS);
  }

  Register register() {
    return Register.of(type);
  }
}
