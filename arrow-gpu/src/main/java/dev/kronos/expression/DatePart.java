// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Locale;
import java.util.Objects;

/**
 * Takes a part of a date of the proleptic Gregorian calendar; null if it is null.
 *
 * @param field the part
 * @param child the date
 */
public record DatePart(Field field, Expression child) implements UnaryExpression {

  /** Lists the parts. */
  public enum Field {
    /** The year, negative before the year 0, which is 1 BC. */
    YEAR,
    /** 1 to 4. */
    QUARTER,
    /** 1 to 12. */
    MONTH,
    /** 1 to 31. */
    DAY_OF_MONTH,
    /** 1 to 366. */
    DAY_OF_YEAR,
    /** 1 for Sunday to 7 for Saturday. */
    DAY_OF_WEEK,
    /** 0 for Monday to 6 for Sunday. */
    WEEKDAY,
    /** 1 to 53, the week of Thursday's year, which ISO 8601 numbers. */
    WEEK_OF_YEAR,
    /** The year that the week belongs to: Thursday's. */
    YEAR_OF_WEEK;

    /** Returns the name of the function in GLSL. */
    String function() {
      return "date_" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks that the operand is a date. */
  public DatePart {
    Objects.requireNonNull(field, "field");
    Types.require(field.function(), child.type(), DataType.DATE::equals);
  }

  @Override
  public DataType type() {
    return DataType.INT32;
  }

  @Override
  public String toString() {
    return field.function() + "(" + child + ")";
  }
}
