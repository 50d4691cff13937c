// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;

/** Writes tests against lists of constants. */
final class GlslMembership {
  /** Longest list that is written out; longer ones are searched. */
  private static final int UNROLLED = 8;

  private final GlslEmitter out;

  GlslMembership(GlslEmitter out) {
    this.out = out;
  }

  GlslValue write(In e) {
    GlslValue value = out.emit(e.value());
    List<Literal> list = e.list().stream().filter(literal -> !literal.nullable()).toList();
    String found = list.size() <= UNROLLED ? unrolled(value, list) : search(value, list);
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

  /** Searches by halves: a list may be longer than drivers allow loops to be. */
  private String search(GlslValue value, List<Literal> list) {
    List<Literal> sorted = sorted(list);
    String slots = "KRONOS_LITERAL(" + out.literals().block(sorted) + ")";
    String low = out.define("uint", "0u");
    String high = out.define("uint", (sorted.size() - 1) + "u");
    out.append("while (" + low + " < " + high + ") {");
    String middle = out.name("i");
    out.append("  uint " + middle + " = (" + low + " + " + high + ") >> 1;");
    GlslValue element = element(value, slots, middle);
    String before = GlslComparisons.code(out, Comparison.Operator.LT, element, value);
    out.append("  if (" + before + ") {");
    out.append("    " + low + " = " + middle + " + 1u;");
    out.append("  } else {");
    out.append("    " + high + " = " + middle + ";");
    out.append("  }");
    out.append("}");
    GlslValue found = element(value, slots, low);
    return out.define("bool", GlslComparisons.code(out, Comparison.Operator.EQ, found, value));
  }

  private static List<Literal> sorted(List<Literal> list) {
    return list.stream().sorted((a, b) -> Values.compare(a.value(), b.value())).toList();
  }

  private GlslValue element(GlslValue value, String slots, String index) {
    Register register = value.register();
    String constant = out.name("k");
    String read = GlslLeaves.read(register, slots, index);
    out.append(register.glsl() + " " + constant + " = " + read + ";");
    return new GlslValue(constant, GlslValue.NEVER, value.type());
  }
}
