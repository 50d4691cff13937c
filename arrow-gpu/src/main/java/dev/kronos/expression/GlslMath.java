// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/** Writes functions of floating point numbers. */
final class GlslMath {
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslMath(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue divide(FloatDivide e) {
    GlslValue left = out.emit(e.left());
    GlslValue right = operands.when(GlslOperands.not(left.isNull()), e.right());
    String call = function(left, "quotient") + "(" + left.value() + ", " + right.value() + ")";
    return operands.result(e.type(), call, operands.eitherNull(left, right));
  }

  GlslValue apply(FloatMath e) {
    GlslValue child = out.emit(e.child());
    String call = function(child, FloatMath.name(e.function())) + "(" + child.value() + ")";
    return operands.result(e.type(), call, child.isNull());
  }

  private String function(GlslValue operand, String name) {
    out.include("float.glsl");
    return (operand.register() == Register.FLOAT ? "f32_" : "f64_") + name;
  }
}
