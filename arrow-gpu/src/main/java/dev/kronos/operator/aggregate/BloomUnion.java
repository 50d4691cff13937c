// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.expression.RowError;
import java.util.List;

/**
 * Unites filters. A filter may be megabytes long, so that one invocation a row will not do: the
 * update looks at heads alone, and {@link UnionCode} at words when the batch is done.
 */
record BloomUnion(Expression argument, BloomHead head) implements BloomState {
  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    return "row_error_if(!sketches_bloom_has_head(%s, %s), %du);\n"
        .formatted(values.get(0).value(), head().glsl(), RowError.CAST.code());
  }

  /** Returns the name of the variable for bits of one word. */
  String bits(StateWords state) {
    return "k_bits" + state.index();
  }

  /** Returns the statements that take word {@code k_word} of a filter into {@link #bits}. */
  String take(StateWords state, String filter) {
    return """
    if (k_word < %1$du) {
      %2$s |= str_word(Str(%3$s.address + %4$dul, %5$du), k_word);
    }
    """
        .formatted(head().words(), bits(state), filter, head().sizeBytes(), head().bodyBytes());
  }

  /** Returns the statements that add {@link #bits} to the state. */
  String unite(StateWords state) {
    return """
    if (%1$s != 0ul) {
      atomicOr(BufferU32(%2$s).v[2u * k_word], uint(%1$s));
      atomicOr(BufferU32(%2$s).v[2u * k_word + 1u], uint(%1$s >> 32));
      k_mark(%3$s, 1ul);
    }
    """
        .formatted(bits(state), body(state), mark(state));
  }
}
