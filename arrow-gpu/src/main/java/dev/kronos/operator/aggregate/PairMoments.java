// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;

/**
 * Keeps how many pairs of doubles there are and the exact sums of their left sides, their right
 * sides and their products; the means and the products of distances from them come out of these at
 * the end, so that their bits do not depend on the order of rows. A row may stand for several
 * pairs.
 *
 * @param argument the left side of a pair; or the mean of several, null where there are none
 * @param others the right side, or the mean of several; then nothing, or how many pairs a row
 *     stands for, as a whole number below 2^53, and the sum of the products of their distances from
 *     the means
 */
record PairMoments(Expression argument, List<Expression> others) implements ExactSums {
  /** 64-bit words of pairs in {@code moments.glsl}. */
  static final int WORDS = 205;

  @Override
  public int words() {
    return WORDS;
  }

  @Override
  public String add(String block, List<GlslValue> values) {
    String several =
        values.size() == 2
            ? "1ul, 0.0lf"
            : "uint64_t(f64_to_i64(%s)), %s"
                .formatted(values.get(2).value(), values.get(3).value());
    return "k_pairAdd(%s, %s, %s, %s);\n"
        .formatted(block, values.get(0).value(), values.get(1).value(), several);
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    String code =
        switch (call.function()) {
          case LEFT_MEAN -> "k_momentMean(%s, K_PAIR_LEFT)";
          case RIGHT_MEAN -> "k_momentMean(%s, K_PAIR_RIGHT)";
          default -> "k_pairDistances(%s)";
        };
    return "result = " + code.formatted(state.address(0)) + ";\n";
  }

  /** Returns the statements that carry between the words of {@code slot}, for very many rows. */
  static String normalise(StateWords state) {
    String block = state.address(0);
    return "superaccumulator_normalise(%1$s + K_PAIR_LEFT);\n".formatted(block)
        + "superaccumulator_normalise(%1$s + K_PAIR_RIGHT);\n".formatted(block)
        + "superaccumulator_normalise(%1$s + K_PAIR_PRODUCTS);\n".formatted(block);
  }
}
