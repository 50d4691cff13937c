// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Expression;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.SortRows;
import dev.kronos.operator.sort.SortSpec;
import dev.kronos.operator.take.TakeBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts the rows of a plan. What cannot be sorted by as it lies in memory, unsigned numbers and
 * halves, gets a column of its own behind the others, which the kernel of the plan makes.
 */
final class TableSort {
  private final Kronos kronos;
  private final RowPlan plan;
  private final SortSpec order;
  private final List<Expression> made = new ArrayList<>();

  /** Finds the columns; throws InvalidArgument when there is no key, or none of its name. */
  TableSort(Kronos kronos, RowPlan plan, List<ColumnOrder> keys) {
    this.kronos = kronos;
    this.plan = plan;
    List<SortSpec.Key> sorted = new ArrayList<>(keys.size());
    for (ColumnOrder key : keys) {
      int place = place(plan.column(key.column()));
      sorted.add(new SortSpec.Key(place, key.order(), key.nulls(), NanPlacement.BESIDE_NULLS));
    }
    this.order = new SortSpec(sorted);
  }

  private int place(PlanColumn column) {
    Expression ordered = CarriedRules.ordered(column.operand());
    if (ordered.equals(column.reference())) {
      return column.reference().index();
    }
    made.add(ordered);
    return plan.columns().size() + made.size() - 1;
  }

  /** Returns what makes the rows to be sorted. */
  PipelineSpec pipeline() {
    return made.isEmpty() ? plan.spec() : plan.with(made);
  }

  /**
   * Sorts what {@link #pipeline} made.
   *
   * @param rows the rows; stay the caller's
   * @param most how many are wanted of those that come first
   * @return the columns of the plan, which the caller closes
   */
  ColumnBatch sort(ColumnBatch rows, int most) {
    ColumnBatch wanted =
        new ColumnBatch(rows.columns().subList(0, plan.columns().size()), rows.rows());
    int count = Math.min(most, rows.rows());
    if (count == 0) {
      return DeviceRows.none(wanted);
    }
    try (Stream stream = kronos.newStream();
        DeviceBuffer numbers = numbers(stream, rows, count);
        TakeBatch take = TakeBatch.ofRows(kronos, GroupInput.layouts(wanted))) {
      return take.apply(wanted, new BufferSlice(numbers, 0, (long) count * Integer.BYTES));
    }
  }

  private DeviceBuffer numbers(Stream stream, ColumnBatch rows, int count) {
    SortRows sort = new SortRows(kronos);
    return count < rows.rows() && order.keys().size() == 1
        ? sort.first(stream, rows, order.keys().get(0), count)
        : sort.order(stream, rows, order);
  }
}
