// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.Kronos;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
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
    List<Expression> columns = new ArrayList<>(from.size());
    for (int i = 0; i < from.size(); i++) {
      columns.add(new ColumnReference(i, from.get(i).type(), from.get(i).nullable()));
    }
    copy = new ProjectBatch(kronos, new PipelineSpec(from, List.of(new Project(columns))));
  }

  /** Returns Arrow's layouts of columns of the same types and nullability. */
  static List<ColumnLayout> of(List<ColumnLayout> layouts) {
    return layouts.stream().map(l -> ArrowColumns.layout(l.type(), l.nullability())).toList();
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
