// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.function.DoubleBinaryOperator;
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
  LOG10(StrictMath::log10),
  /** The first to the power of the second, as Java's StrictMath has it. */
  POW("power", StrictMath::pow),
  /** The cube root, as Java's StrictMath has it. */
  CBRT("power", StrictMath::cbrt),
  /** EXP less 1, as Java's StrictMath has it. */
  EXPM1("power", StrictMath::expm1),
  /** LOG of what is 1 more, as Java's StrictMath has it. */
  LOG1P("power", StrictMath::log1p),
  /** The hyperbolic sine, as Java's StrictMath has it. */
  SINH("power", StrictMath::sinh),
  /** The hyperbolic cosine, as Java's StrictMath has it. */
  COSH("power", StrictMath::cosh),
  /** The hyperbolic tangent, as Java's StrictMath has it. */
  TANH("power", StrictMath::tanh),
  /** The angle of a sine, as Java's StrictMath has it. */
  ASIN("angle", StrictMath::asin),
  /** The angle of a cosine, as Java's StrictMath has it. */
  ACOS("angle", StrictMath::acos),
  /** The angle of a tangent, as Java's StrictMath has it. */
  ATAN("angle", StrictMath::atan),
  /** The angle of a point, of y and x, as Java's StrictMath has it. */
  ATAN2("angle", StrictMath::atan2),
  /** The sine of an angle, as Java's StrictMath has it. */
  SIN("circle", StrictMath::sin),
  /** The cosine of an angle, as Java's StrictMath has it. */
  COS("circle", StrictMath::cos),
  /** The tangent of an angle, as Java's StrictMath has it. */
  TAN("circle", StrictMath::tan);

  private final String file;
  private final Definition definition;

  MathFunction(DoubleUnaryOperator java) {
    this("math", java);
  }

  MathFunction(String file, DoubleUnaryOperator java) {
    this.file = file;
    definition =
        new Definition(
            Signature.of(DataType.FLOAT64, DataType.FLOAT64),
            Failure.NEVER,
            operands -> java.applyAsDouble((Double) operands.get(0)));
  }

  MathFunction(String file, DoubleBinaryOperator java) {
    this.file = file;
    definition =
        new Definition(
            Signature.of(DataType.FLOAT64, DataType.FLOAT64, DataType.FLOAT64),
            Failure.NEVER,
            operands -> java.applyAsDouble((Double) operands.get(0), (Double) operands.get(1)));
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public String family() {
    return "math";
  }

  @Override
  public String include() {
    return file + ".glsl";
  }
}
