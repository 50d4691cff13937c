// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.pipeline.SideColumns;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.RowReplay;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.TranslatedPipeline;
import dev.kronos.spark.columnar.DeviceInput;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Filters and projects the batches of one task, one by one; skips those that come out empty. */
final class ProjectIterator extends TaskIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources = TaskResources.ofTask();
  private final SparkPipeline pipeline;
  private final SideColumns sides;
  private final ChainMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final TranslatedPipeline translated;
  private final DeviceInput door;
  private final BatchOutput output;
  private ProjectBatch operator;

  ProjectIterator(StartedChain chain) {
    super(chain.metrics());
    pipeline = chain.pipeline();
    sides = chain.sides();
    metrics = chain.metrics();
    input = chain.input();
    translated = pipeline.translate().orThrow();
    door = resources.input(pipeline.inputSchema(), metrics);
    output = resources.output(translated.output(), metrics);
    ProjectBatch.prepare(kronos, translated.spec().over(door.likelyLayouts(input)));
  }

  @Override
  ColumnarBatch compute() {
    ColumnarBatch result = null;
    while (result == null && input.hasNext()) {
      result = project(input.next());
    }
    return result;
  }

  /** Returns the rows that pass, or null when there are none. */
  private ColumnarBatch project(ColumnarBatch batch) {
    try {
      ColumnBatch projected = apply(batch);
      if (projected.rows() > 0) {
        return output.give(projected);
      }
      projected.close();
      return null;
    } finally {
      batch.closeIfFreeable();
    }
  }

  private ColumnBatch apply(ColumnarBatch batch) {
    try (ColumnBatch taken = door.toDevice(batch)) {
      return operator().apply(taken);
    } catch (RowFailure failure) {
      throw Failures.ofRow(new RowReplay(pipeline, List.of()), batch, failure);
    }
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private ProjectBatch operator() {
    if (operator == null) {
      ProjectBatch created =
          new ProjectBatch(kronos, translated.spec().over(door.layouts()), sides);
      operator = resources.own(created);
      resources.onCompletion(() -> metrics.addOperator(created.counters()));
    }
    return operator;
  }
}
