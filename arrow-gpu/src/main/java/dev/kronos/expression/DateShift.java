// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Locale;
import java.util.Objects;

/**
 * Moves a date, or measures how far two are apart; null if an operand is. Days wrap around; a month
 * that takes the date out of its type's reach is an error in every mode, as in Spark.
 *
 * @param operator what to do
 * @param left the date
 * @param right INT32, or the other date
 */
public record DateShift(Operator operator, Expression left, Expression right)
    implements BinaryExpression {

  /** Lists the operators. */
  public enum Operator {
    /** A date and days give the date so many days later. */
    ADD_DAYS,
    /** A date and days give the date so many days earlier. */
    SUBTRACT_DAYS,
    /** A date and months give the same day of a later month, or that month's last. */
    ADD_MONTHS,
    /** Two dates give the days from the second to the first, INT32. */
    DIFFERENCE
  }

  /** Checks the operands' types. */
  public DateShift {
    Objects.requireNonNull(operator, "operator");
    DataType other = operator == Operator.DIFFERENCE ? DataType.DATE : DataType.INT32;
    Types.require(name(operator), left.type(), DataType.DATE::equals);
    Types.require(name(operator), right.type(), other::equals);
  }

  private static String name(Operator operator) {
    return operator.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public DataType type() {
    return operator == Operator.DIFFERENCE ? DataType.INT32 : DataType.DATE;
  }

  @Override
  public String toString() {
    return name(operator) + "(" + left + ", " + right + ")";
  }
}
