// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps how many doubles there are and the exact sums of their powers, of squares at least; the
 * mean and the powers of distances from it come out of these at the end, so that their bits do not
 * depend on the order of rows. A row may stand for several values.
 *
 * @param argument a value; or the mean of several, null where there are none
 * @param others nothing; or how many values a row stands for, as a whole number below 2^53, and the
 *     sums of the squares of their distances from the argument, and of higher powers
 * @param order the highest power, 2 to 4
 */
record Moments(Expression argument, List<Expression> others, int order) implements ExactSums {
  private static final int SUM_WORDS = 68;

  /** 64-bit words of {@code moments.glsl} and {@code powers.glsl}. */
  @Override
  public int words() {
    return 1 + SUM_WORDS * order;
  }

  @Override
  public String add(String block, List<GlslValue> values) {
    String value = values.get(0).value();
    boolean single = others.isEmpty();
    String count = single ? "1.0lf" : values.get(1).value();
    String squares = single ? "0.0lf" : values.get(2).value();
    String text =
        "k_momentAdd(%s, uint64_t(f64_to_i64(%s)), %s, %s);\n"
            .formatted(block, count, value, squares);
    if (order == 2) {
      return text;
    }
    String powers =
        IntStream.rangeClosed(2, 4)
            .mapToObj(p -> single || p > order ? "0.0lf" : values.get(p).value())
            .collect(Collectors.joining(", "));
    return text
        + "k_powersAdd(%s, %s, double[5](%s, 0.0lf, %s), %d);\n"
            .formatted(block, value, count, powers, order);
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    String code =
        switch (call.function()) {
          case MEAN -> "k_momentMean(%s, K_MOMENT_SUM)";
          case DISTANCES -> "k_momentDistances(%s)";
          default -> "k_powerDistances(%s, " + call.function().order() + ")";
        };
    return "result = " + code.formatted(state.address(0)) + ";\n";
  }

  /** Returns the statements that carry between the words of {@code slot}, for very many rows. */
  String normalise(StateWords state) {
    return "k_normalise(%s + K_MOMENT_SUM, %du);\n".formatted(state.address(0), order);
  }
}
