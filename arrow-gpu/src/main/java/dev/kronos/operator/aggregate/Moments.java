// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;

/**
 * Keeps how many doubles there are, their exact sum and the exact sum of their squares; the mean
 * and the squared distances from it come out of these at the end, so that their bits do not depend
 * on the order of rows. A row may stand for several values.
 *
 * @param argument a value; or the mean of several, null where there are none
 * @param others nothing; or how many values a row stands for, as a whole number below 2^53, and the
 *     sum of their squared distances from the argument
 */
record Moments(Expression argument, List<Expression> others) implements ExactSums {
  /** 64-bit words of {@code moments.glsl}. */
  static final int WORDS = 137;

  @Override
  public int words() {
    return WORDS;
  }

  @Override
  public String add(String block, List<GlslValue> values) {
    String several =
        others.isEmpty()
            ? "1ul, %s, 0.0lf".formatted(values.get(0).value())
            : "uint64_t(f64_to_i64(%s)), %s, %s"
                .formatted(values.get(1).value(), values.get(0).value(), values.get(2).value());
    return "k_momentAdd(%s, %s);\n".formatted(block, several);
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    String code =
        call.function() == Function.MEAN
            ? "k_momentMean(%s, K_MOMENT_SUM)"
            : "k_momentDistances(%s)";
    return "result = " + code.formatted(state.address(0)) + ";\n";
  }

  /** Returns the statements that carry between the words of {@code slot}, for very many rows. */
  static String normalise(StateWords state) {
    String block = state.address(0);
    return "superaccumulator_normalise(%1$s + K_MOMENT_SUM);\n".formatted(block)
        + "superaccumulator_normalise(%1$s + K_MOMENT_SQUARES);\n".formatted(block);
  }
}
