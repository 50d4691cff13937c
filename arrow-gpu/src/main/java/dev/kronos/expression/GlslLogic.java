// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;

/** Writes three-valued logic. */
final class GlslLogic {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslLogic(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue and(And e) {
    GlslValue left = out.emit(e.left());
    GlslValue right = operands.when(GlslOperands.not(definitely(left, false)), e.right());
    String value = left.value() + " && " + right.value();
    return combine(left, right, false, value);
  }

  GlslValue or(Or e) {
    GlslValue left = out.emit(e.left());
    GlslValue right = operands.when(GlslOperands.not(definitely(left, true)), e.right());
    String value = left.value() + " || " + right.value();
    return combine(left, right, true, value);
  }

  /** Returns code that tells whether an operand is not null and is {@code decisive}. */
  private static String definitely(GlslValue operand, boolean decisive) {
    String holds = decisive ? operand.value() : "!" + operand.value();
    return operand.neverNull() ? holds : "!" + operand.isNull() + " && " + holds;
  }

  /**
   * Null is what no operand decides and one operand leaves open. An operand that was not evaluated
   * has a null flag of no meaning, but then the left one decided.
   */
  private GlslValue combine(GlslValue left, GlslValue right, boolean decisive, String value) {
    if (left.neverNull() && right.neverNull()) {
      return operands.result(DataType.BOOLEAN, value, GlslValue.NEVER);
    }
    String decided =
        operands.flag(
            "(" + definitely(left, decisive) + ") || (" + definitely(right, decisive) + ")");
    String isNull =
        operands.flag(
            "!" + decided + " && (" + GlslOperands.or(left.isNull(), right.isNull()) + ")");
    String result = decisive ? decided : "!" + decided;
    return operands.result(DataType.BOOLEAN, result, isNull);
  }

  GlslValue not(Not e) {
    GlslValue child = out.emit(e.child());
    return operands.result(DataType.BOOLEAN, "!" + child.value(), child.isNull());
  }

  GlslValue isNull(IsNull e) {
    return new GlslValue(out.emit(e.child()).isNull(), GlslValue.NEVER, DataType.BOOLEAN);
  }

  GlslValue isNotNull(IsNotNull e) {
    String isNull = out.emit(e.child()).isNull();
    return operands.result(DataType.BOOLEAN, GlslOperands.not(isNull), GlslValue.NEVER);
  }
}
