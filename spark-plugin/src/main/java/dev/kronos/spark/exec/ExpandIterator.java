// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.RowReplay;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.columnar.DeviceInput;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Gives out each batch of one task several times, by one projection after the other. */
final class ExpandIterator extends TaskIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources = TaskResources.ofTask();
  private final List<SparkPipeline> pipelines;
  private final ChainMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final DeviceInput door;
  private final BatchOutput output;
  private final List<ProjectBatch> operators = new ArrayList<>();
  private ColumnarBatch batch;
  private ColumnBatch taken;
  private int projection;

  ExpandIterator(
      List<SparkPipeline> pipelines,
      List<Attribute> columns,
      ChainMetrics metrics,
      Iterator<ColumnarBatch> input) {
    super(metrics);
    this.pipelines = pipelines;
    this.metrics = metrics;
    this.input = input;
    door = resources.input(pipelines.get(0).inputSchema(), metrics);
    output = resources.output(columns, metrics);
    resources.own(this::drop);
  }

  @Override
  ColumnarBatch compute() {
    while (taken != null || input.hasNext()) {
      if (taken == null) {
        batch = input.next();
        taken = door.toDevice(batch);
        projection = 0;
      }
      ColumnBatch result = project(projection++);
      if (projection == pipelines.size()) {
        drop();
      }
      if (result.rows() > 0) {
        return output.give(result);
      }
      result.close();
    }
    return null;
  }

  private ColumnBatch project(int index) {
    try {
      return operator(index).apply(taken);
    } catch (RowFailure failure) {
      throw Failures.ofRow(new RowReplay(pipelines.get(index), List.of()), batch, failure);
    }
  }

  private void drop() {
    if (taken != null) {
      taken.close();
      batch.closeIfFreeable();
      taken = null;
    }
  }

  /** Returns an operator; the first batch decides on the layouts that it is compiled for. */
  private ProjectBatch operator(int index) {
    if (operators.size() == index) {
      ProjectBatch created =
          new ProjectBatch(
              kronos, pipelines.get(index).translate().orThrow().spec().over(door.layouts()));
      operators.add(resources.own(created));
      // The rows of the chain are counted once, by the first projection.
      resources.onCompletion(
          index == 0
              ? () -> metrics.addOperator(created.counters())
              : () -> metrics.addStream(created.counters().stream()));
    }
    return operators.get(index);
  }
}
