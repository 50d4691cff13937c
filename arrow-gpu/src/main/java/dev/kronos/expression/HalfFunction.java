// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import dev.kronos.kernels.twin.Halves;
import java.util.function.UnaryOperator;

/** Lists conversions of the bits of IEEE 754 halves, which expressions hold as INT16. */
public enum HalfFunction implements ScalarFunction {
  /** The FLOAT32 of the same value; a NaN becomes the canonical one. */
  TO_FLOAT(DataType.INT16, DataType.FLOAT32, half -> widened((Short) half)),
  /** The bits of the half nearest to a FLOAT64, ties to even; infinity where it is too great. */
  OF_DOUBLE(DataType.FLOAT64, DataType.INT16, number -> Halves.ofDouble((Double) number));

  private final Definition definition;

  HalfFunction(DataType operand, DataType result, UnaryOperator<Object> java) {
    definition =
        new Definition(
            Signature.of(result, operand), Failure.NEVER, operands -> java.apply(operands.get(0)));
  }

  private static float widened(short half) {
    float value = Halves.toFloat(half);
    return Float.isNaN(value) ? Float.NaN : value;
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public String family() {
    return "half";
  }
}
