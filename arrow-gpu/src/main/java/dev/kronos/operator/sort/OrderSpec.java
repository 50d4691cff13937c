// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.KronosException;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.List;
import java.util.Objects;

/**
 * Says what is ordered, and how: a pipeline makes columns of the rows that come in, the keys name
 * some of them, and the first of them are given out. Immutable.
 *
 * @param pipeline makes the columns
 * @param order names columns that leave the pipeline
 * @param outputs how many of these columns are given out; those behind them are only ordered by
 * @param most how many rows are wanted of those that come first, 0 or more; {@link #ALL} for all
 */
public record OrderSpec(PipelineSpec pipeline, SortSpec order, int outputs, int most) {
  /** Stands for all rows. */
  public static final int ALL = Integer.MAX_VALUE;

  /**
   * Checks what is given.
   *
   * @throws KronosException.InvalidArgument when a number or a key is not in its range
   */
  public OrderSpec {
    Objects.requireNonNull(order, "order");
    List<DataType> types = pipeline.outputTypes();
    if (outputs < 0 || outputs > types.size() || most < 0) {
      throw new KronosException.InvalidArgument(
          KronosException.message(
              "wrong extent of an order",
              "outputs",
              outputs,
              "columns",
              types.size(),
              "most",
              most));
    }
    for (SortSpec.Key key : order.keys()) {
      if (key.column() < 0 || key.column() >= types.size()) {
        throw new KronosException.InvalidArgument(
            KronosException.message(
                "no such column to sort by", "column", key.column(), "columns", types.size()));
      }
    }
  }

  /** Returns the same order over source columns that are laid out otherwise. */
  public OrderSpec over(List<ColumnLayout> layouts) {
    return new OrderSpec(pipeline.over(layouts), order, outputs, most);
  }
}
