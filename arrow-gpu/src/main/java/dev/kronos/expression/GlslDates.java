// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/** Writes functions of dates. */
final class GlslDates {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslDates(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue part(DatePart e) {
    GlslValue date = out.emit(e.child());
    return operands.result(e.type(), call(e.field().function(), date.value()), date.isNull());
  }

  GlslValue shift(DateShift e) {
    GlslValue left = out.emit(e.left());
    GlslValue right = operands.when(GlslOperands.not(left.isNull()), e.right());
    String isNull = operands.eitherNull(left, right);
    return switch (e.operator()) {
      case ADD_DAYS -> operands.result(e.type(), wrapped(left, "+", right), isNull);
      case SUBTRACT_DAYS, DIFFERENCE ->
          operands.result(e.type(), wrapped(left, "-", right), isNull);
      case ADD_MONTHS -> checked(e, "date_add_months", isNull, left.value(), right.value());
    };
  }

  /** Unsigned, for signed overflow is nothing to rely on. */
  private static String wrapped(GlslValue left, String symbol, GlslValue right) {
    return "int(uint(" + left.value() + ") " + symbol + " uint(" + right.value() + "))";
  }

  GlslValue round(DateRound e) {
    GlslValue date = out.emit(e.child());
    return e.boundary() == DateRound.Boundary.WEEK
        ? operands.result(e.type(), call("date_to_week", date.value()), date.isNull())
        : checked(e, e.boundary().function(), date.isNull(), date.value());
  }

  private GlslValue checked(Expression e, String function, String isNull, String... arguments) {
    String overflow = operands.overflowFlag();
    String code = call(function, String.join(", ", arguments), overflow);
    GlslValue value = operands.result(e.type(), code, isNull);
    operands.fail(isNull, overflow, ErrorMode.ANSI, RowError.OVERFLOW);
    return value;
  }

  private String call(String function, String... arguments) {
    out.include("date.glsl");
    return function + "(" + String.join(", ", arguments) + ")";
  }
}
