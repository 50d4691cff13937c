// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps registers of distinct values as Spark does, ten in a word. A register only rises, so that
 * the order of rows does not matter; most rows find theirs high enough and write nothing.
 *
 * @param argument the hash; or the first word of registers to unite with
 * @param united nothing; or the other words
 * @param shape how many registers there are
 */
record DistinctRegisters(Expression argument, List<Expression> united, DistinctShape shape)
    implements Accumulator {
  @Override
  public List<Expression> evaluated() {
    return Stream.concat(Stream.of(argument), united.stream()).toList();
  }

  @Override
  public int words() {
    return shape.words();
  }

  @Override
  public boolean tracksSeen() {
    return false;
  }

  @Override
  public int mostRows() {
    return united.isEmpty() ? RowBlocks.MOST_ROWS : 1;
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    return take(state.only(0), values);
  }

  @Override
  public String update(StateWords state, List<GlslValue> values) {
    return take(state.address(0), values);
  }

  private String take(String registers, List<GlslValue> values) {
    if (united.isEmpty()) {
      return "sketches_distinct_put(%s, %du, %s);\n"
          .formatted(registers, shape.precision(), values.get(0).value());
    }
    // One body for all words, or drivers would work for minutes at thousands of loops.
    StringBuilder text = new StringBuilder();
    text.append("uint64_t registers = %s;\nint64_t united[%d];\n".formatted(registers, words()));
    for (int i = 0; i < values.size(); i++) {
      GlslValue word = values.get(i);
      // The update asks only whether the first word is null.
      String value = i == 0 || word.neverNull() ? "%s" : "(" + word.isNull() + " ? 0l : %s)";
      text.append("united[%d] = %s;\n".formatted(i, value.formatted(word.value())));
    }
    text.append("for (uint i = 0u; i < %du; i++) {\n".formatted(words()));
    return text.append("sketches_distinct_unite(registers, i, united[i]);\n}\n").toString();
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    if (call.function() == Function.DISTINCT_WORD) {
      return "result = int64_t(%s);\n".formatted(state.load(DistinctShape.word(call.others())));
    }
    String name = call.function() == Function.DISTINCT_ZEROS ? "zeros" : "inverse";
    return "result = sketches_distinct_%s(%s, %du);\n"
        .formatted(name, state.address(0), shape.precision());
  }
}
