// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.compute.GroupAggregate.Function;
import dev.kronos.operator.ReferenceMoments;
import dev.kronos.operator.ReferencePairs;
import dev.kronos.operator.ReferencePowers;
import java.util.ArrayList;
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

  /** Takes an aggregate of pairs, of which those count that have both sides. */
  static Double ofPairs(GroupAggregate aggregate, List<Double> left, List<Double> right) {
    List<Object> pairs = new ArrayList<>();
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i) != null && right.get(i) != null) {
        x.add(left.get(i));
        y.add(right.get(i));
        pairs.add(List.of(left.get(i), right.get(i)));
      }
    }
    if (pairs.isEmpty()) {
      return null;
    }
    double products = ReferencePairs.of(pairs, dev.kronos.operator.aggregate.Function.CODISTANCES);
    if (aggregate.function() == Function.CORRELATION) {
      return products / Math.sqrt(distances(x) * distances(y));
    }
    int divisor = pairs.size() - aggregate.ddof();
    return divisor > 0 ? products / divisor : null;
  }

  private static double distances(List<Double> values) {
    return ReferenceMoments.of(
        List.copyOf(values), dev.kronos.operator.aggregate.Function.DISTANCES);
  }
}
