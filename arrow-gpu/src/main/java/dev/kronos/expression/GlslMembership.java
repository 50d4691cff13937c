// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;

/** Writes tests against lists of constants. */
final class GlslMembership {
  /** Longest list that is written out; longer ones are looped over. */
  private static final int UNROLLED = 8;

  private final GlslEmitter out;

  GlslMembership(GlslEmitter out) {
    this.out = out;
  }

  GlslValue write(In e) {
    GlslValue value = out.emit(e.value());
    List<Literal> list = e.list().stream().filter(literal -> !literal.nullable()).toList();
    String found = list.size() <= UNROLLED ? unrolled(value, list) : loop(value, list);
    String isNull = value.isNull();
    if (e.hasNull()) {
      isNull = out.define("bool", GlslOperands.or(value.isNull(), "!" + found));
    }
    return new GlslValue(found, isNull, DataType.BOOLEAN);
  }

  private String unrolled(GlslValue value, List<Literal> list) {
    List<String> tests = new ArrayList<>();
    for (Literal literal : list) {
      GlslValue constant = out.emit(literal);
      tests.add(GlslComparisons.code(out, Comparison.Operator.EQ, value, constant));
    }
    return out.define("bool", tests.isEmpty() ? "false" : String.join(" || ", tests));
  }

  private String loop(GlslValue value, List<Literal> list) {
    String slots = "KRONOS_LITERAL(" + out.literals().block(list) + ")";
    String found = out.define("bool", "false");
    String index = out.name("i");
    String constant = out.name("k");
    Register register = value.register();
    GlslValue element = new GlslValue(constant, GlslValue.NEVER, value.type());
    String test = GlslComparisons.code(out, Comparison.Operator.EQ, value, element);
    String loop = "for (uint " + index + " = 0u; ";
    out.append(loop + index + " < " + list.size() + "u && !" + found + "; " + index + "++) {");
    String read = GlslLeaves.read(register, slots, index);
    out.append("  " + register.glsl() + " " + constant + " = " + read + ";");
    out.append("  " + found + " = " + test + ";");
    out.append("}");
    return found;
  }
}
