// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.expression.ColumnReference;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.project.ProjectBatch;
import java.util.List;

/** Rewrites batches that came from the host in Arrow's layouts, in which results lie. */
final class ArrowLayouts implements AutoCloseable {
  private final ProjectBatch copy;

  /**
   * Creates a converter.
   *
   * @param kronos the device; stays the caller's
   * @param from the layouts of every batch
   */
  ArrowLayouts(Kronos kronos, List<ColumnLayout> from) {
    Project columns = new Project(ColumnReference.toAll(from));
    copy = new ProjectBatch(kronos, new PipelineSpec(from, List.of(columns)));
  }

  /** Copies a batch, which stays the caller's, to a new one, which becomes the caller's. */
  ColumnBatch convert(ColumnBatch batch) {
    return copy.apply(batch);
  }

  StreamCounters counters() {
    return copy.counters().stream();
  }

  @Override
  public void close() {
    copy.close();
  }
}
