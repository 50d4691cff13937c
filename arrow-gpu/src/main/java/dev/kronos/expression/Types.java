// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.function.Predicate;

/** Checks operand types for the constructors of expressions. */
final class Types {
  private Types() {}

  static void require(String what, DataType type, Predicate<DataType> allowed) {
    if (!allowed.test(type)) {
      throw new IllegalArgumentException(what + " does not take this type: type=" + type);
    }
  }

  /** Refuses types whose values kernels only carry. */
  static void requireKnown(String what, DataType type) {
    require(what, type, t -> !t.isCarried());
  }

  static void requireSame(String what, DataType left, DataType right) {
    if (!left.equals(right)) {
      throw new IllegalArgumentException(
          what + " needs operands of one type: left=" + left + " right=" + right);
    }
  }

  static void requireString(String what, Expression operand) {
    require(what, operand.type(), DataType.STRING::equals);
  }

  static void requireBoolean(String what, Expression operand) {
    require(what, operand.type(), DataType.BOOLEAN::equals);
  }
}
