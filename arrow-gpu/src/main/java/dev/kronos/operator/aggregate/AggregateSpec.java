// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Describes a grouping on top of a pipeline.
 *
 * @param input filters and projections before the grouping
 * @param keys group keys over the columns that leave the pipeline; empty for one group of all rows;
 *     floating keys are expected to be normalised (NaN and -0.0), for they are compared by bits
 * @param calls aggregate functions
 */
public record AggregateSpec(PipelineSpec input, List<Expression> keys, List<AggregateCall> calls) {

  /** Copies the lists and checks that column references meet the columns they refer to. */
  public AggregateSpec {
    Objects.requireNonNull(input, "input");
    keys = List.copyOf(keys);
    calls = List.copyOf(calls);
    List<DataType> types = input.outputTypes();
    keys.forEach(key -> PipelineSpec.checkReferences(key, types));
    for (AggregateCall call : calls) {
      call.expressions().forEach(expression -> PipelineSpec.checkReferences(expression, types));
    }
  }

  /**
   * Returns the same grouping over source columns that lie otherwise in memory.
   *
   * @param layouts of the same types
   */
  public AggregateSpec over(List<ColumnLayout> layouts) {
    return new AggregateSpec(input.over(layouts), keys, calls);
  }

  /** Returns the layouts of the result: keys, then results, as Arrow lays them out. */
  public List<ColumnLayout> outputLayouts() {
    List<ColumnLayout> layouts = new ArrayList<>(keys.size() + calls.size());
    keys.forEach(key -> layouts.add(layout(key.type(), key.nullable())));
    calls.forEach(call -> layouts.add(layout(call.resultType(), call.nullable())));
    return layouts;
  }

  private static ColumnLayout layout(DataType type, boolean nullable) {
    return ArrowColumns.layout(type, nullable ? Nullability.NULLABLE : Nullability.NON_NULL);
  }
}
