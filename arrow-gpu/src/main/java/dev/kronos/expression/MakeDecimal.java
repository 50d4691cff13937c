// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Objects;

/**
 * Reads an INT64 as the unscaled integer of a decimal.
 *
 * @param child the unscaled integer
 * @param type decimal type of the result
 * @param mode what happens when the precision is exceeded; WRAP means null
 */
public record MakeDecimal(Expression child, DataType type, ErrorMode mode)
    implements UnaryExpression {

  /** Checks the types. */
  public MakeDecimal {
    Objects.requireNonNull(mode, "mode");
    Types.requireSame("make decimal", DataType.INT64, child.type());
    Types.require("make decimal", type, DataType::isDecimal);
  }

  @Override
  public boolean nullable() {
    return child.nullable() || (mode != ErrorMode.ANSI && Fallibility.canFail(this));
  }

  @Override
  public String toString() {
    return "make_decimal(" + child + ", " + type + ")";
  }
}
