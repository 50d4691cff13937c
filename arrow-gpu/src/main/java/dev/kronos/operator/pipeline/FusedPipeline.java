// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.column.ColumnLayout;
import dev.kronos.expression.ColumnBinding;
import dev.kronos.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds a pipeline with its projections substituted away, so that every expression is over the
 * source columns.
 *
 * @param inputs layouts of the source columns, then of side columns
 * @param conditions conditions of the filters, in order
 * @param outputs the columns that leave the pipeline
 */
public record FusedPipeline(
    List<ColumnLayout> inputs, List<Expression> conditions, List<Expression> outputs) {

  /** Copies the lists. */
  public FusedPipeline {
    inputs = List.copyOf(inputs);
    conditions = List.copyOf(conditions);
    outputs = List.copyOf(outputs);
  }

  /** Substitutes the projections of a pipeline into the steps after them. */
  public static FusedPipeline of(PipelineSpec spec) {
    List<Expression> conditions = new ArrayList<>();
    List<Expression> columns = spec.inputReferences();
    for (Step step : spec.steps()) {
      List<Expression> reaching = columns;
      if (step instanceof Filter filter) {
        conditions.add(ColumnBinding.substitute(filter.condition(), reaching));
      } else if (step instanceof Project project) {
        columns =
            project.expressions().stream()
                .map(expression -> ColumnBinding.substitute(expression, reaching))
                .toList();
      }
    }
    return new FusedPipeline(spec.allInputs(), conditions, columns);
  }

  /** Rewrites an expression over the columns that leave the pipeline to the source columns. */
  public Expression bind(Expression expression) {
    return ColumnBinding.substitute(expression, outputs);
  }
}
