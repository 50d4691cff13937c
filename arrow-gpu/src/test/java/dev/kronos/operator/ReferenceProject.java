// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.expression.Expression;
import dev.kronos.expression.RowAccess;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.pipeline.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The plain-Java twin of fused pipelines: one row at a time, one step at a time. */
public final class ReferenceProject {
  private final PipelineSpec spec;
  private final List<List<Object>> sides;

  /** Creates the twin of a pipeline. */
  public ReferenceProject(PipelineSpec spec) {
    this(spec, List.of());
  }

  /** Creates the twin of a pipeline beside tables: for each side column its values. */
  public ReferenceProject(PipelineSpec spec, List<List<Object>> sides) {
    this.spec = spec;
    this.sides = sides;
  }

  /** Gives the values of a row and, beside it, those of tables. */
  private RowAccess access(List<Object> row) {
    return new RowAccess() {
      @Override
      public Object value(int column) {
        return row.get(column);
      }

      @Override
      public Object tableValue(int column, int tableRow) {
        return sides.get(column - spec.inputs().size()).get(tableRow);
      }

      @Override
      public int tableRows(int column) {
        return sides.get(column - spec.inputs().size()).size();
      }
    };
  }

  /** Returns the rows that leave the pipeline; throws RowFailure as the device does. */
  public List<List<Object>> apply(List<Object[]> rows) {
    List<List<Object>> passed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      try {
        List<Object> row = row(Arrays.asList(rows.get(i)));
        if (row != null) {
          passed.add(row);
        }
      } catch (RowErrorException e) {
        throw new RowFailure(i);
      }
    }
    return passed;
  }

  /** Returns what becomes of a row, or null when a filter rejects it. */
  List<Object> row(List<Object> input) {
    List<Object> row = input;
    for (Step step : spec.steps()) {
      List<Object> reaching = row;
      if (step instanceof Filter filter) {
        if (!Boolean.TRUE.equals(RowEvaluator.evaluate(filter.condition(), access(reaching)))) {
          return null;
        }
      } else if (step instanceof Project project) {
        row = new ArrayList<>();
        for (Expression expression : project.expressions()) {
          row.add(RowEvaluator.evaluate(expression, access(reaching)));
        }
      }
    }
    return row;
  }
}
