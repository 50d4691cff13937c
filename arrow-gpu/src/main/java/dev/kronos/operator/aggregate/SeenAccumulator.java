// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;

/** Remembers only whether a value that is not null came. */
record SeenAccumulator(Expression argument) implements Accumulator {
  @Override
  public int words() {
    return 0;
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    return "";
  }

  @Override
  public String update(StateWords state, List<GlslValue> values) {
    return "";
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    return "result = true;\n";
  }
}
