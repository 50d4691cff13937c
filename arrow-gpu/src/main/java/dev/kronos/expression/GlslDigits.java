// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/** Writes the decimal digits of floating point numbers, once for each number. */
final class GlslDigits {
  private static final String INCLUDE = "digits.glsl";

  private final GlslEmitter out;

  GlslDigits(GlslEmitter out) {
    this.out = out;
  }

  /** Returns the name of a number's digits as a number of its own type. */
  String of(GlslValue number) {
    return digits(number.type(), number.value());
  }

  /** Returns the name of a number's digits as a FLOAT64, which has more of them. */
  String ofWide(GlslValue number) {
    return digits(DataType.FLOAT64, wide(number));
  }

  /** Returns a number as a FLOAT64. */
  String wide(GlslValue number) {
    return number.register() == Register.FLOAT
        ? out.defineOnce("double", "f32_to_f64(" + number.value() + ")")
        : number.value();
  }

  private String digits(DataType type, String number) {
    out.include(INCLUDE);
    return out.defineOnce("Digits", FloatText.function(type) + "(" + number + ")");
  }
}
