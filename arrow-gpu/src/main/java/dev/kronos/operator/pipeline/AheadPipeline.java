// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Nullability;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.MadeText;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits off what is computed ahead of an operator, into columns, where its own kernels could not:
 * where strings are made, for which only projections have room. The columns are those that leave
 * the pipeline, then what the operator computes of them.
 *
 * @param pipeline what runs ahead
 * @param layouts layouts of its columns
 * @param outputs how many of them left the pipeline as it was
 */
public record AheadPipeline(PipelineSpec pipeline, List<ColumnLayout> layouts, int outputs) {

  /** Copies the list. */
  public AheadPipeline {
    layouts = List.copyOf(layouts);
  }

  /** Tells whether a pipeline, or what is computed of the columns that leave it, makes strings. */
  public static boolean isNeeded(PipelineSpec input, List<? extends Expression> computed) {
    FusedPipeline fused = FusedPipeline.of(input);
    return MadeText.in(fused.conditions()) || MadeText.in(fused.outputs()) || MadeText.in(computed);
  }

  /**
   * Splits off a pipeline.
   *
   * @param input the pipeline
   * @param computed expressions over the columns that leave it
   */
  public static AheadPipeline of(PipelineSpec input, List<? extends Expression> computed) {
    List<Expression> columns = new ArrayList<>();
    for (Expression output : FusedPipeline.of(input).outputs()) {
      columns.add(new ColumnReference(columns.size(), output.type(), output.nullable()));
    }
    int outputs = columns.size();
    columns.addAll(computed);
    List<Step> steps = new ArrayList<>(input.steps());
    steps.add(new Project(columns));
    PipelineSpec pipeline = input.with(steps);
    List<ColumnLayout> layouts =
        FusedPipeline.of(pipeline).outputs().stream().map(AheadPipeline::layout).toList();
    return new AheadPipeline(pipeline, layouts, outputs);
  }

  private static ColumnLayout layout(Expression column) {
    Nullability nullability = column.nullable() ? Nullability.NULLABLE : Nullability.NON_NULL;
    return ArrowColumns.layout(column.type(), nullability);
  }

  /** Returns a reference to what was the {@code index}-th computed expression. */
  public ColumnReference computed(int index) {
    return column(outputs + index);
  }

  /** Returns a reference to a column. */
  public ColumnReference column(int index) {
    return ColumnReference.to(index, layouts.get(index));
  }

  /** Returns the pipeline that is left to the operator: the columns as they are. */
  public PipelineSpec rest() {
    return new PipelineSpec(layouts, List.of());
  }
}
