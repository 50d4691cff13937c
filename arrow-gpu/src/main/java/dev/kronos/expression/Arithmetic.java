// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Objects;

/**
 * Combines two numbers. Integers and floating point operands and the result are of one type;
 * decimals may differ in precision and scale, the exact result is rounded half up to {@code type}.
 *
 * <ul>
 *   <li>DIVIDE takes floating point numbers and decimals.
 *   <li>INTEGRAL_DIVIDE takes INT64 or decimals, truncates towards zero and gives INT64.
 *   <li>REMAINDER takes every number; the result has the sign of the left operand.
 * </ul>
 *
 * A zero divisor fails for floating point numbers too. In division and remainder a null divisor, or
 * a zero one outside ANSI mode, is null before the left operand is looked at; elsewhere a null left
 * operand is null before the right one is looked at.
 *
 * @param operator what to do
 * @param left left operand
 * @param right right operand
 * @param type type of the result
 * @param mode what overflow and a zero divisor do
 */
public record Arithmetic(
    Operator operator, Expression left, Expression right, DataType type, ErrorMode mode)
    implements BinaryExpression {

  /** Lists the operations. */
  public enum Operator {
    /** Sum. */
    ADD("+"),
    /** Difference. */
    SUBTRACT("-"),
    /** Product. */
    MULTIPLY("*"),
    /** Quotient, not truncated. */
    DIVIDE("/"),
    /** Remainder with the sign of the dividend. */
    REMAINDER("%"),
    /** Quotient truncated towards zero, as INT64. */
    INTEGRAL_DIVIDE("div");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** Returns the SQL spelling. */
    public String symbol() {
      return symbol;
    }

    /** Tells whether a zero right operand fails. */
    public boolean isDivision() {
      return this == DIVIDE || this == REMAINDER || this == INTEGRAL_DIVIDE;
    }
  }

  /** Checks that the types fit the operator. */
  public Arithmetic {
    Objects.requireNonNull(operator, "operator");
    Objects.requireNonNull(mode, "mode");
    DataType operand = left.type();
    Types.require(operator.symbol(), operand, t -> takes(operator, t));
    if (!operand.isDecimal() || !right.type().isDecimal()) {
      Types.requireSame(operator.symbol(), operand, right.type());
    }
    if (operator == Operator.INTEGRAL_DIVIDE) {
      Types.requireSame("result of div", DataType.INT64, type);
    } else if (operand.isDecimal()) {
      Types.require("result of decimal " + operator.symbol(), type, DataType::isDecimal);
      DecimalRules.requireScale(operator, operand, right.type(), type);
    } else {
      Types.requireSame("result of " + operator.symbol(), operand, type);
    }
  }

  private static boolean takes(Operator operator, DataType type) {
    return switch (operator) {
      case DIVIDE -> type.isFloating() || type.isDecimal();
      case INTEGRAL_DIVIDE -> type.equals(DataType.INT64) || type.isDecimal();
      default -> type.isNumeric();
    };
  }

  @Override
  public boolean nullable() {
    return left.nullable()
        || right.nullable()
        || (mode != ErrorMode.ANSI && Fallibility.canFail(this));
  }

  @Override
  public String toString() {
    return "(" + left + " " + operator.symbol() + " " + right + ")";
  }
}
