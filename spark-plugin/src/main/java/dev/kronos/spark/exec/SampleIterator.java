// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.Kronos;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.TranslatedPipeline;
import dev.kronos.spark.columnar.DeviceInput;
import dev.kronos.spark.columnar.RowMarks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.random.BernoulliCellSampler;

/**
 * Samples the batches of one task: the processor draws a number for each row, in Spark's order, and
 * the device keeps the rows that are marked.
 */
final class SampleIterator extends TaskIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources = TaskResources.ofTask();
  private final BernoulliCellSampler<Object> sampler;
  private final ChainMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final TranslatedPipeline translated;
  private final DeviceInput door;
  private final DeviceInput markDoor;
  private final RowMarks marks;
  private final BatchOutput output;
  private ProjectBatch operator;

  SampleIterator(
      BernoulliCellSampler<Object> sampler,
      SparkPipeline chosen,
      ChainMetrics metrics,
      Iterator<ColumnarBatch> input) {
    super(metrics);
    this.sampler = sampler;
    this.metrics = metrics;
    this.input = input;
    translated = chosen.translate().orThrow();
    StructField[] fields = chosen.inputSchema().fields();
    int last = fields.length - 1;
    door = resources.input(new StructType(Arrays.copyOf(fields, last)), metrics);
    markDoor = resources.input(new StructType(new StructField[] {fields[last]}), metrics);
    marks = resources.own(new RowMarks(kronos.memory()));
    output = resources.output(translated.output(), metrics);
  }

  @Override
  ColumnarBatch compute() {
    ColumnarBatch result = null;
    while (result == null && input.hasNext()) {
      result = sample(input.next());
    }
    return result;
  }

  /** Returns the rows that are chosen, or null when there are none. */
  private ColumnarBatch sample(ColumnarBatch batch) {
    try {
      ColumnarBatch marked = marks.mark(batch.numRows(), () -> sampler.sample() != 0);
      if (marked == null) {
        return null;
      }
      try (ColumnBatch taken = door.toDevice(batch);
          ColumnBatch chosen = markDoor.toDevice(marked)) {
        ColumnBatch kept = operator().apply(together(taken, chosen));
        return output.give(kept);
      }
    } finally {
      batch.closeIfFreeable();
    }
  }

  /** Returns all columns in one batch, which are the given batches' to close. */
  private static ColumnBatch together(ColumnBatch taken, ColumnBatch chosen) {
    List<Column> columns = new ArrayList<>(taken.columns());
    columns.addAll(chosen.columns());
    return new ColumnBatch(columns, taken.rows());
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private ProjectBatch operator() {
    if (operator == null) {
      List<ColumnLayout> layouts = new ArrayList<>(door.layouts());
      layouts.addAll(markDoor.layouts());
      ProjectBatch created = new ProjectBatch(kronos, translated.spec().over(layouts));
      operator = resources.own(created);
      resources.onCompletion(() -> metrics.addOperator(created.counters()));
    }
    return operator;
  }
}
