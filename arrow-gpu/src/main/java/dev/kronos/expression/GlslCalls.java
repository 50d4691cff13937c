// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.ArrayList;
import java.util.List;

/** Writes calls of functions. */
final class GlslCalls {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslCalls(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue write(Call e) {
    out.include(e.function().include());
    if (e.function().makesText()) {
      out.include(MadeText.INCLUDE);
    }
    List<String> arguments = new ArrayList<>();
    String isNull = GlslValue.NEVER;
    for (Expression child : e.children()) {
      GlslValue value = operands.when(GlslOperands.not(isNull), child);
      isNull = operands.flag(GlslOperands.or(isNull, value.isNull()));
      arguments.add(value.value());
    }
    return e.function().failure() == ScalarFunction.Failure.NEVER
        ? operands.result(e.type(), code(e, arguments, isNull), isNull)
        : checked(e, arguments, isNull);
  }

  private GlslValue checked(Call e, List<String> arguments, String isNull) {
    String failed = operands.overflowFlag();
    arguments.add(failed);
    GlslValue value = operands.result(e.type(), code(e, arguments, isNull), isNull);
    String flag = operands.fail(isNull, failed, e.effectiveMode(), RowError.OVERFLOW);
    return new GlslValue(value.value(), flag, e.type());
  }

  /** What is made takes room, so that it is not made for nothing. */
  private static String code(Call e, List<String> arguments, String isNull) {
    String call = e.function().glslName() + "(" + String.join(", ", arguments) + ")";
    boolean guarded = e.function().makesText() && !isNull.equals(GlslValue.NEVER);
    return guarded ? isNull + " ? " + Register.of(e.type()).zero() + " : " + call : call;
  }
}
