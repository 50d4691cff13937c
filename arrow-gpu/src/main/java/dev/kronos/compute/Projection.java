// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Stream;
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
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/** Does to rows what a plan says, in one kernel and, where it filters, one before it. */
final class Projection {
  private final Kronos kronos;
  private final RowSource rows;

  Projection(Kronos kronos, RowSource rows) {
    this.kronos = kronos;
    this.rows = rows;
  }

  /** Makes the columns of a plan, as {@link #read}. */
  List<FieldVector> run(String what, RowPlan plan) {
    return read(what, plan).getFieldVectors();
  }

  /**
   * Makes the columns of a plan and copies them to the host. One submission; one more where rows
   * are left out, and one more where there are strings.
   *
   * @param what what is computed, for messages
   * @param plan over the columns of the rows
   * @return vectors in memory of the device's allocator, which the caller closes
   */
  VectorSchemaRoot read(String what, RowPlan plan) {
    try {
      return read(kronos, plan.spec(), plan.fields(), rows::through);
    } catch (RowFailure e) {
      throw failure(what, e, plan.spec());
    }
  }

  /**
   * Makes the columns of a pipeline and copies them to the host.
   *
   * @param fields names and types of the columns
   * @param rows gives rows to the operator
   * @throws RowFailure when a row failed
   */
  static VectorSchemaRoot read(
      Kronos kronos,
      PipelineSpec spec,
      List<Field> fields,
      Function<ProjectBatch, ColumnBatch> rows) {
    requireSupported(spec);
    try (Stream stream = kronos.newStream();
        ProjectBatch project = ProjectBatch.on(stream, kronos, spec);
        ColumnBatch result = rows.apply(project);
        BatchDownload download = new BatchDownload(kronos, stream)) {
      List<FieldVector> vectors = download.download(result, names(fields));
      try {
        project.check();
      } catch (RowFailure e) {
        vectors.forEach(FieldVector::close);
        throw e;
      }
      List<FieldVector> typed = RetypedVectors.of(vectors, fields, kronos.allocator());
      return new VectorSchemaRoot(fields, typed, result.rows());
    }
  }

  /** Makes the columns of a pipeline and leaves them on the device; the caller closes them. */
  ColumnBatch compute(String what, PipelineSpec spec) {
    requireSupported(spec);
    try (ProjectBatch project = new ProjectBatch(kronos, spec)) {
      return rows.through(project);
    } catch (RowFailure e) {
      throw failure(what, e, spec);
    }
  }

  private KronosException failure(String what, RowFailure failure, PipelineSpec spec) {
    FusedPipeline fused = FusedPipeline.of(spec);
    List<Expression> evaluated = new ArrayList<>(fused.conditions());
    evaluated.addAll(fused.outputs());
    return failure(what, failure, rows, evaluated);
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
      return RetypedVectors.of(download.download(batch, names(fields)), fields, kronos.allocator());
    }
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::getName).toList();
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
