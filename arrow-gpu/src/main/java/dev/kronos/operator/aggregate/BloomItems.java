// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;

/** Makes a filter of items. */
record BloomItems(Expression argument, BloomHead head) implements BloomState {
  @Override
  public String declare(StateWords state) {
    return state.declare(1, 0);
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    return "%s = 1ul;\nsketches_bloom_put(%s, %s, %s);\n"
        .formatted(state.register(0), body(state), head().glsl(), values.get(0).value());
  }

  @Override
  public String publish(StateWords state) {
    String register = state.register(0);
    return "k_reduceOr1(%1$s);\nif (k_first && %1$s != 0ul) { k_mark(%2$s, 1ul); }\n"
        .formatted(register, mark(state));
  }
}
