// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes filters and projections to be fused into one kernel.
 *
 * @param inputs layouts of the source columns; every batch must have exactly these types, storages
 *     and kinds of validity
 * @param sides layouts of {@link SideColumns}, which stand behind the source columns and are read
 *     by {@code TableColumn} and {@code TableLookup} alone
 * @param steps what happens to a row, in order; expressions refer to the columns that reach the
 *     step
 */
public record PipelineSpec(List<ColumnLayout> inputs, List<ColumnLayout> sides, List<Step> steps) {

  /** Describes a pipeline without side columns. */
  public PipelineSpec(List<ColumnLayout> inputs, List<? extends Step> steps) {
    this(inputs, List.of(), List.copyOf(steps));
  }

  /** Copies the lists and checks that column references meet the columns they refer to. */
  public PipelineSpec {
    inputs = List.copyOf(inputs);
    sides = List.copyOf(sides);
    steps = List.copyOf(steps);
    List<DataType> types = inputs.stream().map(ColumnLayout::type).toList();
    for (Step step : steps) {
      if (step instanceof Filter filter) {
        checkReferences(filter.condition(), types);
      } else if (step instanceof Project project) {
        List<DataType> reaching = types;
        project.expressions().forEach(expression -> checkReferences(expression, reaching));
        types = project.expressions().stream().map(Expression::type).toList();
      }
    }
  }

  /**
   * Returns the same steps over source columns that lie otherwise in memory.
   *
   * @param layouts of the same types
   */
  public PipelineSpec over(List<ColumnLayout> layouts) {
    return new PipelineSpec(layouts, sides, steps);
  }

  /** Returns this pipeline with other steps. */
  public PipelineSpec with(List<Step> others) {
    return new PipelineSpec(inputs, sides, others);
  }

  /** Returns the layouts of source columns and side columns, in the order in which kernels see. */
  public List<ColumnLayout> allInputs() {
    List<ColumnLayout> all = new ArrayList<>(inputs);
    all.addAll(sides);
    return all;
  }

  /** Returns the types of the columns that leave the last step. */
  public List<DataType> outputTypes() {
    return outputs().stream().map(Expression::type).toList();
  }

  /** Returns the expressions of the last projection, or references to the inputs. */
  List<Expression> outputs() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i) instanceof Project project) {
        return project.expressions();
      }
    }
    return inputReferences();
  }

  List<Expression> inputReferences() {
    return ColumnReference.toAll(inputs);
  }

  /**
   * Checks that every column reference inside an expression names a column of its type.
   *
   * @throws IllegalArgumentException when one does not
   */
  public static void checkReferences(Expression expression, List<DataType> types) {
    if (expression instanceof ColumnReference reference) {
      int index = reference.index();
      if (index >= types.size() || !types.get(index).equals(reference.type())) {
        throw new IllegalArgumentException(
            "no such column: index=" + index + " type=" + reference.type() + " columns=" + types);
      }
    }
    expression.children().forEach(child -> checkReferences(child, types));
  }
}
