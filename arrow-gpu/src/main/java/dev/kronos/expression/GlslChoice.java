// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.List;

/** Writes expressions that evaluate one of several operands, as nested ifs. */
final class GlslChoice {
  private final GlslEmitter out;

  GlslChoice(GlslEmitter out) {
    this.out = out;
  }

  private GlslValue declare(Expression e) {
    Register register = Register.of(e.type());
    String value = out.define(register.glsl(), register.zero());
    String isNull = e.nullable() ? out.define("bool", "true") : GlslValue.NEVER;
    return new GlslValue(value, isNull, e.type());
  }

  private void assign(GlslValue to, GlslValue from) {
    out.append(to.value() + " = " + from.value() + ";");
    if (!to.neverNull()) {
      out.append(to.isNull() + " = " + from.isNull() + ";");
    }
  }

  GlslValue caseWhen(CaseWhen e) {
    GlslValue result = declare(e);
    branches(e, 0, result);
    return result;
  }

  private void branches(CaseWhen e, int index, GlslValue result) {
    if (index == e.branches().size()) {
      assign(result, out.emit(e.otherwise()));
      return;
    }
    CaseWhen.Branch branch = e.branches().get(index);
    GlslValue condition = out.emit(branch.condition());
    String nonNull = condition.neverNull() ? "" : " && " + GlslOperands.not(condition.isNull());
    out.beginLazy("if (" + condition.value() + nonNull + ") {");
    assign(result, out.emit(branch.value()));
    out.endLazy();
    out.beginLazy("else {");
    branches(e, index + 1, result);
    out.endLazy();
  }

  /** Every operand is evaluated; one replaces the best so far where that is null or worse. */
  GlslValue extreme(Extreme e) {
    boolean greatest = e.end() == Extreme.End.GREATEST;
    GlslValue first = out.emit(e.children().get(0));
    String value = out.define(first.register().glsl(), first.value());
    String isNull = out.define("bool", first.isNull());
    GlslValue best = new GlslValue(value, isNull, e.type());
    for (Expression child : e.children().subList(1, e.children().size())) {
      GlslValue other = out.emit(child);
      Comparison.Operator better = greatest ? Comparison.Operator.GT : Comparison.Operator.LT;
      String replaces =
          "(" + isNull + " || " + GlslComparisons.code(out, better, other, best) + ")";
      String present = other.neverNull() ? "" : GlslOperands.not(other.isNull()) + " && ";
      out.append("if (" + present + replaces + ") {");
      out.append("  " + value + " = " + other.value() + ";");
      out.append("  " + isNull + " = false;");
      out.append("}");
    }
    return e.nullable() ? best : new GlslValue(value, GlslValue.NEVER, e.type());
  }

  GlslValue coalesce(Coalesce e) {
    GlslValue result = declare(e);
    alternatives(e.children(), result);
    return result;
  }

  private void alternatives(List<Expression> rest, GlslValue result) {
    GlslValue first = out.emit(rest.get(0));
    assign(result, first);
    if (rest.size() == 1 || first.neverNull()) {
      return;
    }
    out.beginLazy("if (" + first.isNull() + ") {");
    alternatives(rest.subList(1, rest.size()), result);
    out.endLazy();
  }
}
