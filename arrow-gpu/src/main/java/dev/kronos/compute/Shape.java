// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import java.util.List;

/** Says how many operands a function takes and which of them must be of one type. */
enum Shape {
  /** One value. */
  UNARY(1, 1, 0),
  /** Two values of one type; decimals may differ. */
  BINARY(2, 2, 0),
  /** A value, and a number that is an INT32. */
  COUNTED(2, 2, 0),
  /** A boolean, then two values of one type. */
  CHOICE(3, 3, 1),
  /** One value or more, all of one type. */
  MANY(1, Integer.MAX_VALUE, 0),
  /** One value or more, of any types. */
  MIXED(1, Integer.MAX_VALUE, 0);

  private final int least;
  private final int most;
  private final int first;

  Shape(int least, int most, int first) {
    this.least = least;
    this.most = most;
    this.first = first;
  }

  int least() {
    return least;
  }

  /** Returns the index of the first operand that is a value, not a condition. */
  int first() {
    return first;
  }

  /** Returns the operand whose type must be one that the function takes. */
  Expression typed(List<Expression> operands) {
    return operands.get(first);
  }

  /** Checks the number of operands; throws InvalidArgument. */
  void checkCount(String function, int operands) {
    if (operands < least || operands > most) {
      throw new KronosException.InvalidArgument(
          message("wrong number of operands", "function", function, "operands", operands));
    }
  }

  /** Checks the number of operands and that their types agree; throws InvalidArgument. */
  void check(String function, List<Expression> operands) {
    checkCount(function, operands.size());
    if (first > 0 && !operands.get(0).type().equals(DataType.BOOLEAN)) {
      throw new KronosException.InvalidArgument(
          message(
              "condition is not boolean", "function", function, "type", operands.get(0).type()));
    }
    if (this == MIXED) {
      return;
    }
    DataType type = typed(operands).type();
    for (Expression operand : operands.subList(first + 1, operands.size())) {
      requireSame(function, this == COUNTED ? DataType.INT32 : type, operand.type());
    }
  }

  private void requireSame(String function, DataType left, DataType right) {
    boolean decimals = this == BINARY && left.isDecimal() && right.isDecimal();
    if (!decimals && !left.equals(right)) {
      throw new KronosException.InvalidArgument(
          message(
              "operands are of different types",
              "function",
              function,
              "left",
              left,
              "right",
              right));
    }
  }
}
