// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.FusedPipeline;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Groups the rows of a plan. Its steps are part of the kernel that groups, if one pass does. */
final class TableGrouping {
  private final Kronos kronos;
  private final RowPlan plan;
  private final List<PlanColumn> keys;
  private final List<GroupCall> calls = new ArrayList<>();

  /** Finds the columns; throws InvalidArgument when there is no key, or for other columns. */
  TableGrouping(Kronos kronos, RowPlan plan, List<String> keys, List<TableAggregate> aggregates) {
    if (keys.isEmpty()) {
      throw new KronosException.InvalidArgument("nothing to group by: keys=0");
    }
    this.kronos = kronos;
    this.plan = plan;
    this.keys = keys.stream().map(plan::column).toList();
    FusedPipeline fused = FusedPipeline.of(plan.spec());
    for (TableAggregate aggregate : aggregates) {
      Expression values = aggregate.values();
      if (values == null) {
        calls.add(new GroupCall(aggregate, null));
      } else {
        plan.requireOwn(values);
        if (aggregate.other() != null) {
          plan.requireOwn(aggregate.other());
        }
        Field field = plan.field(values.toString(), values);
        calls.add(new GroupCall(aggregate.over(fused::bind), field));
      }
    }
  }

  boolean isOnePass() {
    return calls.stream().allMatch(GroupCall::isOnePass);
  }

  /**
   * Groups rows.
   *
   * @param rows the source of the plan; stays the caller's
   * @return keys and results of each group
   */
  TableRows run(ColumnBatch rows) {
    FusedPipeline fused = FusedPipeline.of(plan.spec());
    List<Expression> compared =
        keys.stream().map(key -> fused.bind(KeyColumns.key(key.value()))).toList();
    try (Stream stream = kronos.newStream();
        GroupInput input = GroupInput.of(kronos, stream, rows, fused.conditions(), compared);
        GroupRun run = new GroupRun(kronos, stream, input, calls)) {
      ColumnBatch groups = run.compute();
      List<Field> fields = new ArrayList<>(keys.stream().map(PlanColumn::field).toList());
      fields.addAll(run.fields());
      List<DataType> types = new ArrayList<>(keys.stream().map(PlanColumn::type).toList());
      types.addAll(run.types());
      return new TableRows(RowPlan.of(GroupInput.layouts(groups), fields, types), groups);
    }
  }
}
