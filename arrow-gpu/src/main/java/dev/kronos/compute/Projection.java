// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.expression.Expression;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.pipeline.Step;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Evaluates expressions over vectors in one kernel, with filters before it. */
final class Projection {
  private final Kronos kronos;
  private final Vectors vectors;
  private final List<Expression> conditions;

  Projection(Kronos kronos, Vectors vectors, List<Expression> conditions) {
    this.kronos = kronos;
    this.vectors = vectors;
    this.conditions = List.copyOf(conditions);
  }

  /**
   * Evaluates expressions.
   *
   * @param what what is computed, for messages
   * @param fields name and type of each result
   * @return a vector an expression, in memory of the device's allocator, that the caller closes
   */
  List<FieldVector> run(String what, List<Field> fields, List<Expression> expressions) {
    PipelineSpec spec = new PipelineSpec(vectors.layouts(), steps(expressions));
    requireSupported(spec);
    try (ProjectBatch project = new ProjectBatch(kronos, spec);
        ColumnBatch result = project.apply(vectors.batch())) {
      return download(kronos, result, fields);
    } catch (RowFailure e) {
      throw failure(what, e, vectors, concat(conditions, expressions));
    }
  }

  private static void requireSupported(PipelineSpec spec) {
    Optional<String> reason = ProjectBatch.unsupported(spec);
    if (reason.isPresent()) {
      throw new KronosException.Unsupported(
          message("too much for one kernel", "reason", reason.get()));
    }
  }

  private List<Step> steps(List<Expression> expressions) {
    List<Step> steps = filters(conditions);
    steps.add(new Project(expressions.stream().map(CarriedRules::bits).toList()));
    return steps;
  }

  static List<Step> filters(List<Expression> conditions) {
    List<Step> steps = new ArrayList<>();
    conditions.forEach(condition -> steps.add(new Filter(condition)));
    return steps;
  }

  static List<FieldVector> download(Kronos kronos, ColumnBatch batch, List<Field> fields) {
    try (BatchDownload download = new BatchDownload(kronos)) {
      List<String> names = fields.stream().map(Field::getName).toList();
      return RetypedVectors.of(download.download(batch, names), fields, kronos.allocator());
    }
  }

  private static List<Expression> concat(List<Expression> first, List<Expression> second) {
    List<Expression> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** Names the row and, by evaluating it once more in Java, what is wrong with it. */
  static KronosException failure(
      String what, RowFailure failure, Vectors vectors, List<Expression> expressions) {
    Object error = "unknown";
    try {
      for (Expression expression : expressions) {
        RowEvaluator.evaluate(expression, vectors.row(failure.row()));
      }
    } catch (RowErrorException e) {
      error = e.error();
    }
    return new KronosException.InvalidArgument(
        message("row has no result", "function", what, "row", failure.row(), "error", error),
        failure);
  }
}
