// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** Lists functions of FLOAT64 that are Java's to the bit on every device. */
public enum MathFunction implements ScalarFunction {
  /** -1, 1, or a zero or NaN as it is. */
  SIGNUM(Math::signum),
  /** Radians as degrees, by Java's factor. */
  DEGREES(Math::toDegrees),
  /** Degrees as radians, by Java's factor. */
  RADIANS(Math::toRadians),
  /** Euler's number to a power, as Java's StrictMath has it. */
  EXP(StrictMath::exp),
  /** The natural logarithm, as Java's StrictMath has it; NaN below zero. */
  LOG(StrictMath::log),
  /** The logarithm to base 10, as Java's StrictMath has it; NaN below zero. */
  LOG10(StrictMath::log10);

  private static final Signature SIGNATURE = Signature.of(DataType.FLOAT64, DataType.FLOAT64);

  private final DoubleUnaryOperator java;

  MathFunction(DoubleUnaryOperator java) {
    this.java = java;
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Failure failure() {
    return Failure.NEVER;
  }

  @Override
  public String include() {
    return "math.glsl";
  }

  @Override
  public String glslName() {
    return "math_" + name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Object apply(List<Object> operands) {
    return java.applyAsDouble((Double) operands.get(0));
  }
}
