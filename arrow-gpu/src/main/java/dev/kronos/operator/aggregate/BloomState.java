// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.GlslValue;
import java.util.List;

/**
 * Keeps a Bloom filter as it is given out, so that whole filters are taken in and given out without
 * looking at their bits. Word 0 is not 0 once there is a bit; behind it come the head, which is
 * written at the end, and the words. There are no such filters of groups.
 */
sealed interface BloomState extends Accumulator permits BloomItems, BloomUnion {
  /** Returns the head of the filter. */
  BloomHead head();

  @Override
  default int words() {
    long whole = head().sizeBytes() + head().bodyBytes() + Long.BYTES - 1;
    return Math.toIntExact(1 + whole / Long.BYTES);
  }

  @Override
  default boolean tracksSeen() {
    return false;
  }

  /** Returns the address of the word that tells whether there is a bit. */
  default String mark(StateWords state) {
    return "K_STATE(%du, 0u)".formatted(state.firstWord());
  }

  /** Returns the address of the filter. */
  private String start(StateWords state) {
    return "(" + mark(state) + " + 8ul)";
  }

  /** Returns the address of the filter's words. */
  default String body(StateWords state) {
    return "(%s + %dul)".formatted(mark(state), Long.BYTES + head().sizeBytes());
  }

  @Override
  default String update(StateWords state, List<GlslValue> values) {
    throw new UnsupportedOperationException("no Bloom filters of groups");
  }

  @Override
  default String result(StateWords state, AggregateCall call) {
    StringBuilder text = new StringBuilder();
    int place = 0;
    for (int field : head().fields()) {
      text.append(
          "BufferU32(%s).v[%d] = 0x%xu;\n"
              .formatted(start(state), place++, Integer.reverseBytes(field)));
    }
    long sizeBytes = head().sizeBytes() + head().bodyBytes();
    text.append("result = Str(%s, %du);\n".formatted(start(state), sizeBytes));
    return call.mode() == ErrorMode.NULL
        ? text.append("valid = K_WORD(%s) != 0ul;\n".formatted(mark(state))).toString()
        : text.toString();
  }
}
