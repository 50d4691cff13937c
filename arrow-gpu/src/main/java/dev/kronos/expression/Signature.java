// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Says which operands a function takes and what it gives. Immutable.
 *
 * @param operands for each operand, which types it may be of
 * @param result gives the type of the result from that of the first operand
 */
public record Signature(List<Predicate<DataType>> operands, UnaryOperator<DataType> result) {

  /** Copies the list. */
  public Signature {
    operands = List.copyOf(operands);
  }

  /** Makes the signature of a function of fixed types. */
  static Signature of(DataType result, DataType... operands) {
    List<Predicate<DataType>> types = new ArrayList<>();
    for (DataType operand : operands) {
      types.add(operand::equals);
    }
    return new Signature(types, first -> result);
  }

  /**
   * Returns the type of the result.
   *
   * @throws IllegalArgumentException when the operands do not fit
   */
  DataType check(String name, List<Expression> arguments) {
    if (arguments.size() != operands.size()) {
      throw new IllegalArgumentException(
          "wrong number of operands: function=" + name + " operands=" + arguments.size());
    }
    for (int i = 0; i < arguments.size(); i++) {
      Types.require(name, arguments.get(i).type(), operands.get(i));
    }
    return result.apply(arguments.get(0).type());
  }
}
