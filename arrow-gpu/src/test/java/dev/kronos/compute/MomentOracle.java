// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.compute.GroupAggregate.Function;
import dev.kronos.operator.ReferenceMoments;
import dev.kronos.operator.ReferencePowers;
import java.util.List;

/** Takes aggregates of powers of distances from a mean in plain Java, null for no values. */
final class MomentOracle {
  private MomentOracle() {}

  /** Takes a skewness or kurtosis. */
  static Double shape(Function function, List<Double> values) {
    if (values.isEmpty()) {
      return null;
    }
    double squares = distances(values);
    int order = function == Function.SKEW ? 3 : 4;
    double powers = ReferencePowers.of(List.copyOf(values), order);
    return function == Function.SKEW
        ? Math.sqrt(values.size()) * powers / Math.sqrt(squares * squares * squares)
        : values.size() * powers / (squares * squares) - 3;
  }

  private static double distances(List<Double> values) {
    return ReferenceMoments.of(
        List.copyOf(values), dev.kronos.operator.aggregate.Function.DISTANCES);
  }
}
