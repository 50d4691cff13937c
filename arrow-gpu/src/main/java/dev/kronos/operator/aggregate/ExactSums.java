// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;
import java.util.stream.Stream;

/** Is an accumulator that adds each row to exact sums, which lie in the slot of its group. */
interface ExactSums extends Accumulator {

  /** Returns the other parts of what is summed, and what else is evaluated of a row. */
  List<Expression> others();

  /**
   * Returns the statements that add a row.
   *
   * @param block the address of the first word
   * @param values what was evaluated of the row
   */
  String add(String block, List<GlslValue> values);

  @Override
  default List<Expression> evaluated() {
    return Stream.concat(Stream.of(argument()), others().stream()).toList();
  }

  /** Rows are long programs, with atomics in them. */
  @Override
  default int mostRows() {
    return 1;
  }

  @Override
  default String gather(StateWords state, List<GlslValue> values) {
    return add(state.only(0), values);
  }

  @Override
  default String update(StateWords state, List<GlslValue> values) {
    return add(state.address(0), values);
  }
}
