// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;

/** Writes two-operand arithmetic on integers and floating point numbers; hands decimals on. */
final class GlslArithmetic {
  private final GlslEmitter out;
  private final GlslOperands operands;
  private final GlslDecimals decimals;

  GlslArithmetic(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
    this.decimals = new GlslDecimals(out, operands);
  }

  GlslValue write(Arithmetic e) {
    return e.operator().isDivision() ? division(e) : exact(e);
  }

  private GlslValue exact(Arithmetic e) {
    GlslValue left = out.emit(e.left());
    GlslValue right = operands.when(GlslOperands.not(left.isNull()), e.right());
    String isNull = operands.eitherNull(left, right);
    if (e.type().isDecimal()) {
      return decimals.exact(e, left, right, isNull);
    }
    if (e.type().isFloating()) {
      return operands.result(e.type(), floating(e, left, right), isNull);
    }
    return integral(e, left, right, isNull);
  }

  private String floating(Arithmetic e, GlslValue left, GlslValue right) {
    out.include("float.glsl");
    String prefix = e.type().kind() == Kind.FLOAT32 ? "f32_" : "f64_";
    return prefix + function(e.operator()) + "(" + left.value() + ", " + right.value() + ")";
  }

  private static String function(Arithmetic.Operator operator) {
    return switch (operator) {
      case ADD -> "add";
      case SUBTRACT -> "sub";
      case MULTIPLY -> "mul";
      case DIVIDE -> "div";
      case REMAINDER -> "rem";
      case INTEGRAL_DIVIDE -> "idiv";
    };
  }

  private GlslValue integral(Arithmetic e, GlslValue left, GlslValue right, String isNull) {
    String plain = left.value() + " " + e.operator().symbol() + " " + right.value();
    if (e.mode() == ErrorMode.WRAP) {
      return operands.result(e.type(), Ranges.wrap(plain, e.type()), isNull);
    }
    boolean small = e.type().kind() == Kind.INT8 || e.type().kind() == Kind.INT16;
    if (small) {
      // 32 bits hold every sum and product of 16-bit numbers.
      GlslValue value = operands.result(e.type(), plain, isNull);
      String failed = Ranges.outside(value.value(), Register.INT, e.type());
      String flag = operands.fail(isNull, failed, e.mode(), RowError.OVERFLOW);
      return new GlslValue(value.value(), flag, e.type());
    }
    return checked(e, left, right, isNull);
  }

  private GlslValue checked(Arithmetic e, GlslValue left, GlslValue right, String isNull) {
    String overflow = operands.overflowFlag();
    String name = (left.register() == Register.INT ? "i32_" : "i64_") + function(e.operator());
    String call = name + "_checked(" + left.value() + ", " + right.value() + ", " + overflow + ")";
    GlslValue value = operands.result(e.type(), call, isNull);
    String flag = operands.fail(isNull, overflow, e.mode(), RowError.OVERFLOW);
    return new GlslValue(value.value(), flag, e.type());
  }

  /** The divisor comes first; outside ANSI mode the dividend is not looked at when it is zero. */
  private GlslValue division(Arithmetic e) {
    GlslValue right = out.emit(e.right());
    String zero = operands.flag(isZero(right));
    String skipped = e.mode() == ErrorMode.ANSI ? "false" : zero;
    String needed = GlslOperands.not(GlslOperands.or(right.isNull(), skipped));
    GlslValue left = operands.when(needed, e.left());
    String isNull = operands.eitherNull(left, right);
    isNull = operands.fail(isNull, zero, e.mode(), RowError.DIVIDE_BY_ZERO);
    if (left.type().isDecimal()) {
      return decimals.division(e, left, right, new GlslDecimals.Divisor(zero, isNull));
    }
    if (e.type().isFloating()) {
      return operands.result(e.type(), floating(e, left, right), isNull);
    }
    return integralDivision(e, left, right, isNull);
  }

  private String isZero(GlslValue value) {
    return switch (value.register()) {
      case FLOAT -> included("f32_is_zero(", value);
      case DOUBLE -> included("f64_is_zero(", value);
      case WIDE -> "i128_is_zero(" + value.value() + ")";
      default -> value.value() + " == " + value.register().zero();
    };
  }

  private String included(String function, GlslValue value) {
    out.include("float.glsl");
    return function + value.value() + ")";
  }

  private GlslValue integralDivision(Arithmetic e, GlslValue left, GlslValue right, String isNull) {
    boolean quotient = e.operator() == Arithmetic.Operator.INTEGRAL_DIVIDE;
    String flag = isNull;
    if (quotient && e.mode() != ErrorMode.WRAP) {
      String failed =
          left.value() + " == " + Ranges.min(DataType.INT64) + " && " + right.value() + " == -1l";
      flag = operands.fail(isNull, failed, e.mode(), RowError.OVERFLOW);
    }
    String prefix = left.register() == Register.INT ? "i32_" : "i64_";
    String name = prefix + (quotient ? "quotient" : "remainder");
    return operands.result(e.type(), name + "(" + left.value() + ", " + right.value() + ")", flag);
  }
}
