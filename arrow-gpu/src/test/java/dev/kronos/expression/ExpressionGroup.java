// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Expressions over the same columns, tested by one kernel.
 *
 * @param name name of the test
 * @param inputs layouts of the columns
 * @param expressions what to evaluate
 */
record ExpressionGroup(String name, List<ColumnLayout> inputs, List<Expression> expressions) {
  ExpressionGroup {
    inputs = List.copyOf(inputs);
    expressions = List.copyOf(expressions);
  }

  /** Returns groups of at most {@code size} expressions that make up this one. */
  Stream<ExpressionGroup> split(int size) {
    int parts = (expressions.size() + size - 1) / size;
    return IntStream.range(0, parts)
        .mapToObj(
            part -> {
              int end = Math.min((part + 1) * size, expressions.size());
              String suffix = parts == 1 ? "" : ", " + (part + 1) + "/" + parts;
              return new ExpressionGroup(
                  name + suffix, inputs, expressions.subList(part * size, end));
            });
  }

  @Override
  public String toString() {
    return name;
  }
}
