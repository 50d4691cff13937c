// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType.Kind;

/** Writes rounding. */
final class GlslRounding {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslRounding(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue write(RoundNumber e) {
    GlslValue child = out.emit(e.child());
    Register to = Register.of(e.type());
    if (e.type().isFloating()) {
      return floating(e, child);
    }
    if (e.cut() <= 0) {
      return operands.result(e.type(), child.register().convert(child.value(), to), child.isNull());
    }
    out.include("rounding.glsl");
    Register inside = fitsLong(e) ? Register.LONG : Register.WIDE;
    String rounded = out.define(inside.glsl(), rounded(e, child, inside));
    String isNull = checked(e, rounded, inside, child.isNull());
    String narrow = inside.convert(rounded, to);
    return operands.result(
        e.type(), e.type().isIntegral() ? Ranges.wrap(narrow, e.type()) : narrow, isNull);
  }

  /** Spark takes the text of a FLOAT32 for that of the FLOAT64 that it is. */
  private GlslValue floating(RoundNumber e, GlslValue child) {
    out.include("round_digits.glsl");
    String function = child.register() == Register.FLOAT ? "round_f32(" : "round_f64(";
    String digits = new GlslDigits(out).ofWide(child);
    String place = e.places() + ", " + e.direction().ordinal() + "u)";
    String call = function + child.value() + ", " + digits + ", " + place;
    return operands.result(e.type(), call, child.isNull());
  }

  /** Tells whether the number, the unit and the result fit 64 bits. */
  private static boolean fitsLong(RoundNumber e) {
    boolean decimal = e.type().isDecimal() && e.places() >= 0;
    boolean narrow = decimal || (e.type().isIntegral() && e.type().kind() != Kind.INT64);
    return narrow
        && Register.of(e.child().type()) != Register.WIDE
        && e.cut() <= Register.LONG_DIGITS;
  }

  private static String rounded(RoundNumber e, GlslValue child, Register inside) {
    String value = child.register().convert(child.value(), inside);
    String unit =
        inside == Register.LONG ? DecimalCode.power(Register.LONG, e.cut()) : e.cut() + "u";
    String up = e.direction().ordinal() + "u";
    String quotient = "round_quotient(" + value + ", " + unit + ", " + up + ")";
    return e.places() < 0 ? DecimalCode.raise(quotient, inside, inside, -e.places()) : quotient;
  }

  private String checked(RoundNumber e, String rounded, Register inside, String isNull) {
    if (!e.canFail()) {
      return isNull;
    }
    String failed =
        e.type().isDecimal()
            ? GlslOperands.not(DecimalCode.fits(rounded, inside, e.type().precision()))
            : outside(e, rounded, inside);
    return operands.fail(isNull, failed, e.effectiveMode(), RowError.OVERFLOW);
  }

  private static String outside(RoundNumber e, String rounded, Register inside) {
    return inside == Register.WIDE
        ? "!i128_fits_i64(" + rounded + ")"
        : Ranges.outside(rounded, inside, e.type());
  }
}
