// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.spark.catalyst.TranslatedWindow;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Makes Spark's results of what was computed over windows. Used by the task's thread. */
final class WindowResults implements AutoCloseable {
  private final Kronos kronos;
  private final TranslatedWindow translated;
  private final ProjectBatch project;

  WindowResults(Kronos kronos, TranslatedWindow translated) {
    this.kronos = kronos;
    this.translated = translated;
    this.project = new ProjectBatch(kronos, translated.toResults());
  }

  /**
   * Puts results in the place of what they are made of.
   *
   * @param computed columns that are given out, then results of calls; taken over
   * @return what is given out, which the caller closes
   */
  ColumnBatch of(ColumnBatch computed) {
    int outputs = translated.spec().outputs();
    List<Column> kept = computed.columns().subList(0, outputs);
    try (ColumnBatch calls =
        new ColumnBatch(
            computed.columns().subList(outputs, computed.columns().size()), computed.rows())) {
      List<Column> columns = new ArrayList<>(kept);
      columns.addAll(projected(calls).columns());
      return new ColumnBatch(columns, computed.rows());
    } catch (RuntimeException e) {
      kept.forEach(Column::close);
      throw e;
    }
  }

  private ColumnBatch projected(ColumnBatch calls) {
    try {
      return project.apply(calls);
    } catch (RowFailure failure) {
      replay(calls);
      throw Failures.unexplained("row", failure.row(), failure);
    }
  }

  /** Computes the results of all rows in Spark, which raises its exception. */
  private void replay(ColumnBatch calls) {
    try (ProjectBatch operator = new ProjectBatch(kronos, translated.toBuffers());
        BatchOutput host = new BatchOutput(kronos, translated.bufferAttributes())) {
      ColumnarBatch rows = host.give(operator.apply(calls));
      rows.rowIterator().forEachRemaining(translated::evaluate);
    }
  }

  StreamCounters counters() {
    return project.counters().stream();
  }

  @Override
  public void close() {
    project.close();
  }
}
