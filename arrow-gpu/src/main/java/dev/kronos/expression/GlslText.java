// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.ArrayList;
import java.util.List;

/** Writes calls of functions of strings. */
final class GlslText {
  private static final String EMPTY = Register.TEXT.zero();

  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslText(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue call(TextCall e) {
    List<String> values = new ArrayList<>();
    String isNull = GlslValue.NEVER;
    for (Expression operand : e.operands()) {
      GlslValue value = operands.when(GlslOperands.not(isNull), operand);
      values.add(value.value());
      isNull = operands.flag(GlslOperands.or(isNull, value.isNull()));
    }
    TextFunction function = e.function();
    out.include(function.makesText() ? MadeText.INCLUDE : "text.glsl");
    out.include(function.include());
    String code = function.function() + "(" + String.join(", ", values) + ")";
    // What is made takes room, so that it is not made for nothing.
    boolean guarded = function.makesText() && !isNull.equals(GlslValue.NEVER);
    return operands.result(
        e.type(), guarded ? isNull + " ? " + EMPTY + " : " + code : code, isNull);
  }

  GlslValue concat(Concat e) {
    out.include(MadeText.INCLUDE);
    return e.kind() == Concat.Kind.PLAIN ? plain(e) : separated(e);
  }

  private GlslValue plain(Concat e) {
    List<GlslValue> parts = new ArrayList<>();
    String isNull = GlslValue.NEVER;
    for (Expression operand : e.operands()) {
      GlslValue part = operands.when(GlslOperands.not(isNull), operand);
      parts.add(part);
      isNull = operands.flag(GlslOperands.or(isNull, part.isNull()));
    }
    String made = out.define("Str", EMPTY);
    out.beginLazy("if (" + GlslOperands.not(isNull) + ") {");
    String array = array(parts.stream().map(GlslValue::value).toList());
    write(made, array, parts.size());
    out.endLazy();
    return new GlslValue(made, isNull, e.type());
  }

  private String array(List<String> pieces) {
    String type = "Str[" + pieces.size() + "]";
    String name = out.name("p");
    out.append(
        "Str "
            + name
            + "["
            + pieces.size()
            + "] = "
            + type
            + "("
            + String.join(", ", pieces)
            + ");");
    return name;
  }

  /** Loops over the pieces, so that the code to copy one is there once. */
  private void write(String made, String pieces, int count) {
    String size = out.define("uint64_t", "0ul");
    String each = "for (uint k = 0u; k < " + count + "u; k++) { ";
    out.append(each + size + " += uint64_t(" + pieces + "[k].size); }");
    out.append(made + " = text_take(" + size + ");");
    String end = out.define("uint64_t", made + ".address");
    out.append(each + end + " = text_put(" + end + ", " + pieces + "[k]); }");
  }

  /** The separator stands before every part that is not null but the first. */
  private GlslValue separated(Concat e) {
    GlslValue separator = out.emit(e.operands().get(0));
    List<GlslValue> parts = new ArrayList<>();
    for (Expression operand : e.operands().subList(1, e.operands().size())) {
      parts.add(operands.when(GlslOperands.not(separator.isNull()), operand));
    }
    String made = out.define("Str", EMPTY);
    out.beginLazy("if (" + GlslOperands.not(separator.isNull()) + ") {");
    String started = out.define("bool", "false");
    List<String> pieces = new ArrayList<>();
    for (GlslValue part : parts) {
      String present = GlslOperands.not(part.isNull());
      String between = out.define("bool", started + " && " + present);
      pieces.add(between + " ? " + separator.value() + " : " + EMPTY);
      pieces.add(part.neverNull() ? part.value() : present + " ? " + part.value() + " : " + EMPTY);
      out.append(started + " = " + started + " || " + present + ";");
    }
    if (!pieces.isEmpty()) {
      write(made, array(pieces), pieces.size());
    }
    out.endLazy();
    return new GlslValue(made, separator.isNull(), e.type());
  }
}
