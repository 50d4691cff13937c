// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.spark.catalyst.AggregateReplay;
import dev.kronos.spark.catalyst.AggregateShape;
import dev.kronos.spark.catalyst.TranslatedAggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Makes Spark's buffers or final results of groups. Used by the task's thread. */
final class GroupResults implements AutoCloseable {
  private final Kronos kronos;
  private final AggregateShape shape;
  private final TranslatedAggregate translated;
  private final BatchOutput output;
  private final List<StreamCounters> streams = new ArrayList<>();

  GroupResults(Kronos kronos, AggregateShape shape, TranslatedAggregate translated) {
    this.kronos = kronos;
    this.shape = shape;
    this.translated = translated;
    this.output =
        new BatchOutput(kronos, shape.givesBuffers() ? shape.bufferAttributes() : shape.output());
  }

  /**
   * Makes the output.
   *
   * @param groups keys and calls' results; taken over
   * @return valid until this is closed
   */
  ColumnarBatch give(ColumnBatch groups) {
    Optional<PipelineSpec> projection = translated.toOutput();
    if (projection.isEmpty()) {
      return output.give(groups);
    }
    try (groups) {
      return output.give(projected(projection.get(), groups));
    }
  }

  private ColumnBatch projected(PipelineSpec projection, ColumnBatch groups) {
    try (ProjectBatch operator = new ProjectBatch(kronos, projection)) {
      ColumnBatch results = operator.apply(groups);
      streams.add(operator.counters().stream());
      return results;
    } catch (RowFailure failure) {
      replay(groups);
      throw Failures.unexplained("group", failure.row(), failure);
    }
  }

  /** Returns what was done besides the grouping. */
  List<StreamCounters> streams() {
    List<StreamCounters> all = new ArrayList<>(streams);
    all.add(output.counters());
    return all;
  }

  @Override
  public void close() {
    output.close();
  }

  /** Computes the results of all groups in Spark, which raises its exception. */
  private void replay(ColumnBatch groups) {
    try (ProjectBatch operator = new ProjectBatch(kronos, translated.toBuffers());
        BatchOutput host = new BatchOutput(kronos, shape.bufferAttributes())) {
      ColumnarBatch rows = host.give(operator.apply(groups));
      new AggregateReplay(shape).results(rows.rowIterator());
    }
  }
}
