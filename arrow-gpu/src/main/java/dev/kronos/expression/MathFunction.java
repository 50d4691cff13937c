// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
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

  private final Definition definition;

  MathFunction(DoubleUnaryOperator java) {
    definition =
        new Definition(
            Signature.of(DataType.FLOAT64, DataType.FLOAT64),
            Failure.NEVER,
            operands -> java.applyAsDouble((Double) operands.get(0)));
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public String family() {
    return "math";
  }
}
