// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/** Writes functions of strings. */
final class GlslStrings {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslStrings(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue match(StringMatch e) {
    GlslValue text = out.emit(e.text());
    GlslValue part = operands.when(GlslOperands.not(text.isNull()), e.part());
    String code = call(e.place().function(), text.value(), part.value());
    return operands.result(e.type(), code, operands.eitherNull(text, part));
  }

  GlslValue like(Like e) {
    GlslValue text = out.emit(e.child());
    GlslValue program = out.emit(new Literal(DataType.STRING, e.pattern().program()));
    String code = call("str_like", text.value(), program.value());
    return operands.result(e.type(), code, text.isNull());
  }

  GlslValue size(StringSize e) {
    GlslValue text = out.emit(e.child());
    String size = e.unit() == StringSize.Unit.BYTES ? text.value() + ".size" : count(text);
    return operands.result(e.type(), "int(" + size + ")", text.isNull());
  }

  private String count(GlslValue text) {
    return call("str_characters", text.value());
  }

  GlslValue substring(Substring e) {
    GlslValue text = out.emit(e.text());
    GlslValue position = operands.when(GlslOperands.not(text.isNull()), e.position());
    String isNull = operands.eitherNull(text, position);
    GlslValue length = operands.when(GlslOperands.not(isNull), e.length());
    isNull = operands.flag(GlslOperands.or(isNull, length.isNull()));
    String code = call("str_substring", text.value(), position.value(), length.value());
    return operands.result(e.type(), code, isNull);
  }

  GlslValue trim(Trim e) {
    GlslValue text = out.emit(e.child());
    return operands.result(e.type(), call(e.ends().function(), text.value()), text.isNull());
  }

  private String call(String function, String... arguments) {
    out.include("text.glsl");
    return function + "(" + String.join(", ", arguments) + ")";
  }
}
