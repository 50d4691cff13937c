// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Objects;

/**
 * Compares two values of one type. NaN equals NaN and is larger than every other number; -0.0
 * equals 0.0; false is smaller than true; strings compare as unsigned bytes. Decimals must agree in
 * scale, their precisions may differ.
 *
 * @param operator what to test
 * @param left left operand
 * @param right right operand
 */
public record Comparison(Operator operator, Expression left, Expression right)
    implements BinaryExpression {

  /** Lists the tests. */
  public enum Operator {
    /** Equal; null when an operand is null. */
    EQ("="),
    /** Not equal; null when an operand is null. */
    NE("<>"),
    /** Less; null when an operand is null. */
    LT("<"),
    /** Less or equal; null when an operand is null. */
    LE("<="),
    /** Greater; null when an operand is null. */
    GT(">"),
    /** Greater or equal; null when an operand is null. */
    GE(">="),
    /** Equal, where null equals null; never null. */
    NULL_SAFE_EQ("<=>");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** Returns the SQL spelling. */
    public String symbol() {
      return symbol;
    }

    /** Tells whether the test holds for operands that compare as {@code sign} (-1, 0 or 1). */
    public boolean holds(int sign) {
      return switch (this) {
        case EQ, NULL_SAFE_EQ -> sign == 0;
        case NE -> sign != 0;
        case LT -> sign < 0;
        case LE -> sign <= 0;
        case GT -> sign > 0;
        case GE -> sign >= 0;
      };
    }
  }

  /** Checks that both operands are of one type. */
  public Comparison {
    Objects.requireNonNull(operator, "operator");
    DataType a = left.type();
    DataType b = right.type();
    Types.requireKnown(operator.symbol(), a);
    if (!(a.isDecimal() && b.isDecimal() && a.scale() == b.scale())) {
      Types.requireSame(operator.symbol(), a, b);
    }
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public boolean nullable() {
    return operator != Operator.NULL_SAFE_EQ && (left.nullable() || right.nullable());
  }

  @Override
  public String toString() {
    return "(" + left + " " + operator.symbol() + " " + right + ")";
  }
}
