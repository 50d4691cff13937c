// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.expression.Expression;
import dev.kronos.expression.RowAccess;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Does to rows what a plan says, in one kernel and, where it filters, one before it. */
final class Projection {
  private final Kronos kronos;
  private final RowSource rows;

  Projection(Kronos kronos, RowSource rows) {
    this.kronos = kronos;
    this.rows = rows;
  }

  /**
   * Makes the columns of a plan.
   *
   * @param what what is computed, for messages
   * @param plan over the columns of the rows
   * @return a vector a column, in memory of the device's allocator, that the caller closes
   */
  List<FieldVector> run(String what, RowPlan plan) {
    try (ColumnBatch result = compute(what, plan.spec())) {
      return download(kronos, result, plan.fields());
    }
  }

  /** Makes the columns of a pipeline and leaves them on the device; the caller closes them. */
  ColumnBatch compute(String what, PipelineSpec spec) {
    requireSupported(spec);
    try (ProjectBatch project = new ProjectBatch(kronos, spec)) {
      return rows.through(project);
    } catch (RowFailure e) {
      FusedPipeline fused = FusedPipeline.of(spec);
      List<Expression> evaluated = new ArrayList<>(fused.conditions());
      evaluated.addAll(fused.outputs());
      throw failure(what, e, rows, evaluated);
    }
  }

  private static void requireSupported(PipelineSpec spec) {
    Optional<String> reason = ProjectBatch.unsupported(spec);
    if (reason.isPresent()) {
      throw new KronosException.Unsupported(
          message("too much for one kernel", "reason", reason.get()));
    }
  }

  static List<FieldVector> download(Kronos kronos, ColumnBatch batch, List<Field> fields) {
    try (BatchDownload download = new BatchDownload(kronos)) {
      List<String> names = fields.stream().map(Field::getName).toList();
      return RetypedVectors.of(download.download(batch, names), fields, kronos.allocator());
    }
  }

  /**
   * Names the row and, by evaluating it once more in Java, what is wrong with it.
   *
   * @param evaluated over the columns of the rows
   */
  static KronosException failure(
      String what, RowFailure failure, RowSource rows, List<Expression> evaluated) {
    RowAccess row = rows.row(failure.row());
    Object error = "unknown";
    try {
      evaluated.forEach(expression -> RowEvaluator.evaluate(expression, row));
    } catch (RowErrorException e) {
      error = e.error();
    }
    return new KronosException.InvalidArgument(
        message("row has no result", "function", what, "row", failure.row(), "error", error),
        failure);
  }
}
