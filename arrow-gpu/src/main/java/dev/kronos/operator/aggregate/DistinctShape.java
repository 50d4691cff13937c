// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import java.util.List;

/**
 * Describes registers of distinct values, as {@code sketches.glsl} draws them.
 *
 * @param precision bits of a hash that choose a register, 4 to 26
 */
record DistinctShape(int precision) {
  private static final int WORD_REGISTERS = 10;
  private static final int LEAST_PRECISION = 4;
  private static final int MOST_PRECISION = 26;

  /** Reads the shape off the arguments of a call that has some. */
  static DistinctShape of(List<Expression> others) {
    return new DistinctShape((Integer) ((Literal) others.get(0)).value());
  }

  /** Tells whether a function can do with its other arguments. */
  static boolean fits(Function function, List<Expression> others) {
    int constants = function.constants();
    if (others.size() < constants || !areNumbers(others.subList(0, constants))) {
      return false;
    }
    DistinctShape shape = of(others);
    if (shape.precision < LEAST_PRECISION || shape.precision > MOST_PRECISION) {
      return false;
    }
    List<Expression> united = others.subList(constants, others.size());
    return (united.isEmpty() || united.size() == shape.words() - 1)
        && united.stream().allMatch(word -> word.type().equals(DataType.INT64))
        && (function != Function.DISTINCT_WORD || shape.has(word(others)));
  }

  private static boolean areNumbers(List<Expression> constants) {
    return constants.stream().allMatch(c -> c instanceof Literal l && l.value() instanceof Integer);
  }

  /** Returns which word the other arguments of a call for one ask for. */
  static int word(List<Expression> others) {
    return (Integer) ((Literal) others.get(1)).value();
  }

  private boolean has(int word) {
    return word >= 0 && word < words();
  }

  /** Returns how many words the registers take. */
  int words() {
    return (1 << precision) / WORD_REGISTERS + 1;
  }
}
