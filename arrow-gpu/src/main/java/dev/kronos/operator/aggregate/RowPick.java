// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Keeps the value of the first or the last row that is looked at, be it null. Word 0 is the
 * greatest of the rows' numbers, or of their complements, so that 0 stands for no row in either
 * case.
 *
 * @param argument not null in the rows that are looked at; null to look at all rows
 */
record RowPick(Function function, Expression argument, Expression value) implements KeptRow {
  @Override
  public boolean marksNull() {
    return value.nullable();
  }

  /** The value is evaluated in all rows that are looked at, for the errors that it may have. */
  @Override
  public List<Expression> evaluated() {
    return Stream.of(argument, value).filter(Objects::nonNull).toList();
  }

  /** Word 0 tells. */
  @Override
  public boolean tracksSeen() {
    return false;
  }

  @Override
  public String chosen(StateWords state) {
    return function == Function.FIRST ? "k_firstRow(" + state.load(0) + ")" : state.load(0);
  }

  private String rank() {
    String number = "(k_args.rowBase + uint64_t(row) + 1ul)";
    return function == Function.FIRST ? "~" + number : number;
  }

  @Override
  public String declare(StateWords state) {
    return state.declare(1, 0);
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    String register = state.register(0);
    return "%s = max(%s, %s);\n".formatted(register, register, rank());
  }

  @Override
  public String publish(StateWords state) {
    String register = state.register(0);
    return "k_reduceMax1(%s);\nif (k_first) { k_max1(%s, %s); }\n"
        .formatted(register, state.only(0), register);
  }

  @Override
  public String update(StateWords state, List<GlslValue> values) {
    return "k_max1(%s, %s);\n".formatted(state.address(0), rank());
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    return "valid = %s != 0ul && %s;\nif (valid) {\nresult = %s;\n}\n"
        .formatted(state.load(0), storedValid(state), stored(state));
  }
}
