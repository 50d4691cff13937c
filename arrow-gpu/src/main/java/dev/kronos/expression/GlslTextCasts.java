// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/** Writes casts from and to strings. */
final class GlslTextCasts {
  /** Most digits behind the point of which Java writes every decimal without an exponent. */
  private static final int PLAIN_SCALE = 6;

  private final GlslEmitter out;
  private final GlslOperands operands;
  private final GlslDigits digits;

  GlslTextCasts(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
    this.digits = new GlslDigits(out);
  }

  GlslValue fromText(Cast e, GlslValue text) {
    out.include(library(e.type()));
    Register register = parsed(e.type());
    String value = out.define(register.glsl(), register.zero());
    String parsed = out.define("bool", parser(e, text.value()) + value + ")");
    String isNull = operands.fail(text.isNull(), GlslOperands.not(parsed), e.mode(), RowError.CAST);
    String result =
        register == Register.of(e.type()) ? value : register.convert(value, Register.of(e.type()));
    return operands.result(e.type(), result, isNull);
  }

  private static String library(DataType type) {
    if (type.isDecimal()) {
      return "parse_number.glsl";
    }
    return type.isFloating() ? "parse_float.glsl" : "parse.glsl";
  }

  /** Returns the register that a parser gives its value in. */
  private static Register parsed(DataType type) {
    if (type.isDecimal()) {
      return Register.WIDE;
    }
    return type.isIntegral() ? Register.LONG : Register.of(type);
  }

  /** Returns the beginning of a call, up to where the value goes. */
  private static String parser(Cast e, String text) {
    DataType type = e.type();
    return switch (type.kind()) {
      case BOOLEAN -> "parse_bool(" + text + ", ";
      case DATE -> "parse_date(" + text + ", ";
      case DECIMAL ->
          "parse_decimal(" + text + ", " + type.precision() + "u, " + type.scale() + "u, ";
      case FLOAT32 -> "parse_f32(" + text + ", ";
      case FLOAT64 -> "parse_f64(" + text + ", ";
      default -> {
        String point = e.mode() == ErrorMode.WRAP ? ", true, " : ", false, ";
        yield "parse_i64(" + text + point + range(type);
      }
    };
  }

  private static String range(DataType integral) {
    int bits = RowArithmetic.bits(integral) - 1;
    String most = bits == Long.SIZE - 1 ? Long.MAX_VALUE + "l" : (1L << bits) - 1 + "l";
    return "-" + most + " - 1l, " + most + ", ";
  }

  GlslValue toText(Cast e, GlslValue child) {
    out.include(MadeText.INCLUDE);
    out.include("value_text.glsl");
    String code =
        switch (child.type().kind()) {
          case BOOLEAN -> "text_bool(" + child.value() + ")";
          case DATE -> "text_date(" + child.value() + ")";
          case FLOAT32 -> "text_f32(" + child.value() + ", " + digits.of(child) + ")";
          case FLOAT64 -> "text_f64(" + child.value() + ", " + digits.of(child) + ")";
          default -> {
            String wide = child.register().convert(child.value(), Register.WIDE);
            int scale = child.type().isDecimal() ? child.type().scale() : 0;
            boolean exponent = e.mode() == ErrorMode.WRAP && scale > PLAIN_SCALE;
            yield (exponent ? "text_scientific(" : "text_decimal(") + wide + ", " + scale + "u)";
          }
        };
    boolean guarded = !child.neverNull();
    return operands.result(
        e.type(),
        guarded ? child.isNull() + " ? " + Register.TEXT.zero() + " : " + code : code,
        child.isNull());
  }

  /** Spark takes a FLOAT32 for the FLOAT64 that it is. */
  GlslValue floatingToDecimal(Cast e, GlslValue child) {
    String number = digits.wide(child);
    String decimal = digits.ofWide(child);
    String finite = GlslOperands.not("f64_is_finite(" + number + ")");
    String isNull = operands.flag(GlslOperands.or(child.isNull(), finite));
    String value = out.define(Register.WIDE.glsl(), Register.WIDE.zero());
    String negative = "(f64_bits(" + number + ") & F64_SIGN) != 0ul";
    String size = e.type().precision() + "u, " + e.type().scale() + "u, ";
    String arguments = decimal + ", " + negative + ", " + size + value;
    String fits = out.define("bool", "digits_decimal(" + arguments + ")");
    String failed = GlslOperands.not(fits);
    return operands.result(
        e.type(),
        Register.WIDE.convert(value, Register.of(e.type())),
        operands.fail(isNull, failed, e.mode(), RowError.DECIMAL_PRECISION));
  }
}
