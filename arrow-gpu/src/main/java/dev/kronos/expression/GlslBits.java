// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/** Writes operations on the bits of integers. */
final class GlslBits {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslBits(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  /** Sign-extended operands give sign-extended results, so nothing wraps. */
  GlslValue combine(Bitwise e) {
    GlslValue left = out.emit(e.left());
    GlslValue right = operands.when(GlslOperands.not(left.isNull()), e.right());
    String code = left.value() + " " + e.operator().symbol() + " " + right.value();
    return operands.result(e.type(), code, operands.eitherNull(left, right));
  }

  GlslValue not(BitwiseNot e) {
    GlslValue child = out.emit(e.child());
    return operands.result(e.type(), "~" + child.value(), child.isNull());
  }

  GlslValue shift(Shift e) {
    GlslValue left = out.emit(e.left());
    GlslValue right = operands.when(GlslOperands.not(left.isNull()), e.right());
    String isNull = operands.eitherNull(left, right);
    String bad = operands.flag(outside(right, e.limit()));
    if (e.mode() != ErrorMode.WRAP) {
      isNull = operands.fail(isNull, bad, e.mode(), RowError.OVERFLOW);
    }
    // Masked, for an amount beyond the register is undefined even where it is not used.
    String amount = "(uint(" + right.value() + ") & " + e.limit() + "u)";
    String shifted = left.value() + " " + e.direction().symbol() + " " + amount;
    String code = bad + " ? " + left.value() + " : " + Ranges.wrap(shifted, e.type());
    return operands.result(e.type(), code, isNull);
  }

  private static String outside(GlslValue amount, int limit) {
    String end = amount.register() == Register.LONG ? limit + "l" : String.valueOf(limit);
    return amount.value()
        + " < "
        + amount.register().zero()
        + " || "
        + amount.value()
        + " >= "
        + end;
  }
}
