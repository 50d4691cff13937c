// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/** Writes negation, magnitude and normal forms. */
final class GlslSigns {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslSigns(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue negate(Negate e) {
    GlslValue child = out.emit(e.child());
    if (Fallibility.signIsRounded(e.type())) {
      return rounded(child, "i128_neg(" + child.value() + ")");
    }
    String isNull = checked(e, child, Fallibility.canFail(e), e.mode());
    return operands.result(e.type(), negative(child), isNull);
  }

  GlslValue absolute(Absolute e) {
    GlslValue child = out.emit(e.child());
    String value = child.value();
    if (Fallibility.signIsRounded(e.type())) {
      return rounded(child, "i128_abs(" + value + ")");
    }
    String isNull = checked(e, child, Fallibility.canFail(e), e.mode());
    String code =
        switch (child.register()) {
          case FLOAT -> floating("f32_abs", value);
          case DOUBLE -> floating("f64_abs", value);
          case WIDE -> "i128_abs(" + value + ")";
          default ->
              value + " < " + child.register().zero() + " ? " + negative(child) + " : " + value;
        };
    return operands.result(e.type(), code, isNull);
  }

  /** Rounds what a changed sign leaves, as Spark does; values that keep their sign stay. */
  private GlslValue rounded(GlslValue child, String changed) {
    String overflow = operands.overflowFlag();
    String call =
        "dec128_sign_changed("
            + child.value()
            + ", "
            + changed
            + ", "
            + child.type().precision()
            + "u, "
            + overflow
            + ")";
    GlslValue value = operands.result(child.type(), call, child.isNull());
    operands.fail(child.isNull(), overflow, ErrorMode.ANSI, RowError.DECIMAL_PRECISION);
    return value;
  }

  GlslValue normalize(NormalizeFloat e) {
    GlslValue child = out.emit(e.child());
    String prefix = child.register() == Register.FLOAT ? "f32" : "f64";
    return operands.result(
        e.type(), floating(prefix + "_normalize", child.value()), child.isNull());
  }

  /** Only the smallest integer has no negative. */
  private String checked(Expression e, GlslValue child, boolean canFail, ErrorMode mode) {
    if (!canFail) {
      return child.isNull();
    }
    String failed = child.value() + " == " + Ranges.min(e.type());
    return operands.fail(child.isNull(), failed, mode, RowError.OVERFLOW);
  }

  private String floating(String function, String value) {
    out.include("float.glsl");
    return function + "(" + value + ")";
  }

  private String negative(GlslValue child) {
    String value = child.value();
    return switch (child.register()) {
      case FLOAT -> floating("f32_neg", value);
      case DOUBLE -> floating("f64_neg", value);
      case WIDE -> "i128_neg(" + value + ")";
      default -> child.type().isDecimal() ? "-" + value : Ranges.wrap("-" + value, child.type());
    };
  }
}
