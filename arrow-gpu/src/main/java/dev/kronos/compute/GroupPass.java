// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Expression;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.pipeline.Step;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import dev.kronos.operator.sort.SortRows;
import dev.kronos.operator.sort.SortSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Groups rows that are on the device and gives the groups out in the order of their first rows. */
final class GroupPass {
  private final Kronos kronos;
  private final Stream stream;

  GroupPass(Kronos kronos, Stream stream) {
    this.kronos = kronos;
    this.stream = stream;
  }

  /**
   * Names rows and what they are grouped by.
   *
   * @param batch the rows; stay their owner's
   * @param conditions which rows count, over the columns of the batch
   * @param keys over the columns of the batch
   * @param rowNumber the number of each row, an INT32 that is not null
   */
  record Rows(
      ColumnBatch batch, List<Expression> conditions, List<Expression> keys, Expression rowNumber) {
    static Rows of(GroupInput input) {
      return new Rows(input.batch(), input.conditions(), input.keys(), input.rowNumber());
    }

    /** Takes all rows. */
    static Rows all(ColumnBatch batch, List<Expression> keys, Expression rowNumber) {
      return new Rows(batch, List.of(), keys, rowNumber);
    }

    /** Makes a grouping, with the number of the first row behind other calls. */
    AggregateSpec spec(List<AggregateCall> calls) {
      List<AggregateCall> all = new ArrayList<>(calls);
      all.add(AggregateCalls.extremeOf(Function.MIN, rowNumber));
      List<Step> filters = new ArrayList<>();
      conditions.forEach(condition -> filters.add(new Filter(condition)));
      PipelineSpec pipeline = new PipelineSpec(GroupInput.layouts(batch), filters);
      return new AggregateSpec(pipeline, keys, all);
    }
  }

  /**
   * Returns keys, results of calls and the number of the first row of each group; the caller closes
   * it.
   *
   * @throws dev.kronos.operator.aggregate.AggregateOverflow when a sum does not fit
   * @throws dev.kronos.KronosException.InvalidArgument when a row has no key or no value
   */
  ColumnBatch group(Rows rows, List<AggregateCall> calls) {
    try (HashAggregate aggregate = new HashAggregate(kronos, rows.spec(calls))) {
      add(aggregate, rows, calls);
      try (ColumnBatch groups = aggregate.finish()) {
        return inOrder(groups);
      }
    }
  }

  private void add(HashAggregate aggregate, Rows rows, List<AggregateCall> calls) {
    try {
      aggregate.add(rows.batch());
    } catch (RowFailure e) {
      List<Expression> evaluated = new ArrayList<>(rows.conditions());
      evaluated.addAll(rows.keys());
      calls.stream().map(AggregateCall::argument).filter(Objects::nonNull).forEach(evaluated::add);
      throw Projection.failure("group_by", e, new DeviceRows(kronos, rows.batch()), evaluated);
    }
  }

  private ColumnBatch inOrder(ColumnBatch groups) {
    Column first = groups.columns().get(groups.columns().size() - 1);
    Column numbers = new Column(GroupInput.NUMBERS, null, first.values(), null, null, 0);
    SortSpec spec =
        new SortSpec(
            List.of(
                new SortSpec.Key(
                    0, SortOrder.ASCENDING, NullPlacement.AT_END, NanPlacement.BESIDE_NULLS)));
    ColumnBatch key = new ColumnBatch(List.of(numbers), groups.rows());
    try (DeviceBuffer order = new SortRows(kronos).order(stream, key, spec)) {
      return take(groups, order);
    }
  }

  private ColumnBatch take(ColumnBatch groups, DeviceBuffer order) {
    List<Column> taken = new ArrayList<>(groups.columns().size());
    try (RowTaker taker = new RowTaker(kronos, stream)) {
      for (Column column : groups.columns()) {
        taken.add(taker.take(column, order, groups.rows()));
      }
      return new ColumnBatch(taken, groups.rows());
    } catch (RuntimeException e) {
      taken.forEach(Column::close);
      throw e;
    }
  }

  /** Says whether keys are among the columns of a result. */
  enum Keys {
    WITH,
    WITHOUT
  }

  /** Returns keys, where wanted, and aggregates of each group; the caller closes it. */
  ColumnBatch aggregate(Rows rows, Keys keys, List<GroupFinish> aggregates) {
    List<AggregateCall> calls = new ArrayList<>();
    aggregates.forEach(aggregate -> calls.addAll(aggregate.calls()));
    try (ColumnBatch groups = group(rows, calls)) {
      List<ColumnLayout> layouts = GroupInput.layouts(groups);
      List<Expression> outputs = new ArrayList<>();
      int next = rows.keys().size();
      for (int i = 0; i < next && keys == Keys.WITH; i++) {
        outputs.add(GroupInput.reference(layouts, i));
      }
      for (GroupFinish aggregate : aggregates) {
        List<Expression> results = new ArrayList<>();
        for (int call = 0; call < aggregate.calls().size(); call++) {
          results.add(GroupInput.reference(layouts, next++));
        }
        outputs.add(aggregate.result().of(results));
      }
      return project(kronos, groups, outputs);
    }
  }

  static ColumnBatch project(Kronos kronos, ColumnBatch batch, List<Expression> outputs) {
    PipelineSpec spec =
        new PipelineSpec(
            GroupInput.layouts(batch),
            List.of(new Project(outputs.stream().map(CarriedRules::bits).toList())));
    try (ProjectBatch project = new ProjectBatch(kronos, spec)) {
      return project.apply(batch);
    }
  }
}
