// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/** Writes casts from and to strings. */
final class GlslTextCasts {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslTextCasts(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue fromText(Cast e, GlslValue text) {
    out.include("parse.glsl");
    Register register = e.type().isIntegral() ? Register.LONG : Register.of(e.type());
    String value = out.define(register.glsl(), register.zero());
    String call =
        switch (e.type().kind()) {
          case BOOLEAN -> "parse_bool(" + text.value() + ", ";
          case DATE -> "parse_date(" + text.value() + ", ";
          default -> {
            String point = e.mode() == ErrorMode.WRAP ? ", true, " : ", false, ";
            yield "parse_i64(" + text.value() + point + range(e.type());
          }
        };
    String parsed = out.define("bool", call + value + ")");
    String isNull = operands.fail(text.isNull(), GlslOperands.not(parsed), e.mode(), RowError.CAST);
    return operands.result(e.type(), register.convert(value, Register.of(e.type())), isNull);
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
          default -> {
            String wide = child.register().convert(child.value(), Register.WIDE);
            int scale = child.type().isDecimal() ? child.type().scale() : 0;
            yield "text_decimal(" + wide + ", " + scale + "u)";
          }
        };
    boolean guarded = !child.neverNull();
    return operands.result(
        e.type(),
        guarded ? child.isNull() + " ? " + Register.TEXT.zero() + " : " + code : code,
        child.isNull());
  }
}
