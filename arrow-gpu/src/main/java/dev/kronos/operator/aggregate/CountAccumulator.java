// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;

/** Counts rows or values that are not null. */
record CountAccumulator(Expression argument) implements Accumulator {
  @Override
  public int words() {
    return 1;
  }

  @Override
  public boolean tracksSeen() {
    return false;
  }

  @Override
  public String declare(StateWords state) {
    return state.declare(1, 0);
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    return state.register(0) + "++;\n";
  }

  @Override
  public String publish(StateWords state) {
    return "k_reduceSum1(%s);\nif (k_first) { k_add1(%s, %s); }\n"
        .formatted(state.register(0), state.only(0), state.register(0));
  }

  @Override
  public String update(StateWords state, List<GlslValue> values) {
    return "k_add1(" + state.address(0) + ", 1ul);\n";
  }

  @Override
  public int localLimbs() {
    return 1;
  }

  @Override
  public String updateLocal(StateWords state, int firstLimb, List<GlslValue> values) {
    return "k_localCount(" + firstLimb + "u, place);\n";
  }

  @Override
  public String flushLocal(StateWords state, int firstLimb) {
    return "k_localFlushCount(%du, place, %s);\n".formatted(firstLimb, state.address(0));
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    return "result = int64_t(" + state.load(0) + ");\n";
  }
}
