// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import java.util.Objects;

/**
 * Lets the rows pass for which a condition is true; null counts as false.
 *
 * @param condition a BOOLEAN expression over the columns that reach this step
 */
public record Filter(Expression condition) implements Step {
  /** Checks that the condition is a boolean. */
  public Filter {
    Objects.requireNonNull(condition, "condition");
    if (!condition.type().equals(DataType.BOOLEAN)) {
      throw new IllegalArgumentException("filter is not boolean: type=" + condition.type());
    }
  }
}
