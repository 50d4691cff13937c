// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.ColumnLayout;
import dev.kronos.expression.ColumnReference;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds a translated aggregation. Immutable.
 *
 * @param spec what the device groups and computes
 * @param functionOfCall for each call the index of the function of Spark's that it is for
 * @param buffers makes Spark's buffer columns from the keys and the calls' results
 * @param results what follows the buffers; empty when buffers leave the aggregation
 */
public record TranslatedAggregate(
    AggregateSpec spec, List<Integer> functionOfCall, Project buffers, List<Project> results) {

  /** Copies the lists. */
  public TranslatedAggregate {
    functionOfCall = List.copyOf(functionOfCall);
    results = List.copyOf(results);
  }

  /** Returns the pipeline to Spark's buffer columns, which cannot fail. */
  public PipelineSpec toBuffers() {
    return new PipelineSpec(spec.outputLayouts(), List.of(buffers));
  }

  /**
   * Returns the pipeline to what leaves the aggregation; empty when the grouping gives it as is.
   */
  public Optional<PipelineSpec> toOutput() {
    List<ColumnLayout> grouped = spec.outputLayouts();
    List<Step> steps = new ArrayList<>();
    steps.add(buffers);
    steps.addAll(results);
    PipelineSpec whole = new PipelineSpec(grouped, steps);
    return steps.size() == 1 && isIdentity(grouped.size()) ? Optional.empty() : Optional.of(whole);
  }

  private boolean isIdentity(int columns) {
    if (buffers.expressions().size() != columns) {
      return false;
    }
    for (int i = 0; i < columns; i++) {
      if (!(buffers.expressions().get(i) instanceof ColumnReference reference)
          || reference.index() != i) {
        return false;
      }
    }
    return true;
  }
}
