// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Locale;
import java.util.Objects;

/**
 * Moves a date to a boundary of the period that it lies in; null if it is null. A boundary out of
 * the type's reach is an error in every mode, as in Spark.
 *
 * @param boundary the boundary
 * @param child the date
 */
public record DateRound(Boundary boundary, Expression child) implements UnaryExpression {

  /** Lists the boundaries. */
  public enum Boundary {
    /** The first day of the year. */
    YEAR,
    /** The first day of the quarter. */
    QUARTER,
    /** The first day of the month. */
    MONTH,
    /** Monday of the week; wraps around out of reach. */
    WEEK,
    /** The last day of the month. */
    LAST_DAY;

    /** Returns the name of the function in GLSL. */
    String function() {
      return "date_to_" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks that the operand is a date. */
  public DateRound {
    Objects.requireNonNull(boundary, "boundary");
    Types.require(boundary.function(), child.type(), DataType.DATE::equals);
  }

  @Override
  public DataType type() {
    return DataType.DATE;
  }

  @Override
  public String toString() {
    return boundary.function() + "(" + child + ")";
  }
}
