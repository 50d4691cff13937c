// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.expression.Expression;
import java.util.List;

/**
 * Replaces the columns by expressions over them.
 *
 * @param expressions the new columns, in order; may be empty
 */
public record Project(List<Expression> expressions) implements Step {
  /** Copies the list. */
  public Project {
    expressions = List.copyOf(expressions);
  }
}
