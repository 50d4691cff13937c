// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.KronosException;
import dev.kronos.column.ColumnLayout;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.List;
import java.util.Objects;

/**
 * Says which rows of sorted partitions are kept: those whose rank is small. Rows come, and keys are
 * named, as {@link WindowSpec} says. Immutable.
 *
 * @param pipeline makes the columns
 * @param outputs how many of these columns are given out
 * @param keys columns of partitions and of their order
 * @param function ROW_NUMBER, RANK or DENSE_RANK
 * @param most the greatest rank that is kept, 1 or more
 */
public record RankLimit(
    PipelineSpec pipeline, int outputs, Keys keys, WindowFunction function, int most) {

  /**
   * Holds the columns of keys.
   *
   * @param partition columns whose rows of equal values are one partition
   * @param order columns whose rows of equal values are peers in a partition
   */
  public record Keys(List<Integer> partition, List<Integer> order) {
    /** Copies the lists. */
    public Keys {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
    }
  }

  /**
   * Checks the parts.
   *
   * @throws KronosException.InvalidArgument when columns do not exist, the function is no rank or
   *     the limit is below 1
   */
  public RankLimit {
    Objects.requireNonNull(function, "function");
    if (!function.ranks() || most < 1) {
      throw new KronosException.InvalidArgument(
          KronosException.message("wrong limit of ranks", "function", function, "most", most));
    }
    windows(pipeline, outputs, keys, function);
  }

  private static WindowSpec windows(
      PipelineSpec pipeline, int outputs, Keys keys, WindowFunction function) {
    List<WindowCall> rank = List.of(WindowCall.rank(function));
    return new WindowSpec(pipeline, outputs, keys.partition, keys.order, rank);
  }

  /** Returns the windows in which rows are ranked. */
  WindowSpec windows() {
    return windows(pipeline, outputs, keys, function);
  }

  /** Returns the same limit over source columns that are laid out otherwise. */
  public RankLimit over(List<ColumnLayout> layouts) {
    return new RankLimit(pipeline.over(layouts), outputs, keys, function, most);
  }
}
