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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Runs a chain over the batches of one task and columns beside theirs: the processor makes a value
 * for each row, in Spark's order, and the device goes on with them.
 */
final class AppendIterator extends TaskIterator {
  private final Kronos kronos = KronosExecutor.current();
  private final TaskResources resources = TaskResources.ofTask();
  private final AppendedColumns.Maker maker;
  private final ChainMetrics metrics;
  private final Iterator<ColumnarBatch> input;
  private final TranslatedPipeline translated;
  private final DeviceInput door;
  private final DeviceInput makerDoor;
  private final BatchOutput output;
  private ProjectBatch operator;

  /**
   * Creates an iterator.
   *
   * @param maker makes the columns; this iterator's to close
   * @param pipeline the chain, whose last columns are the maker's
   */
  AppendIterator(
      AppendedColumns.Maker maker,
      SparkPipeline pipeline,
      ChainMetrics metrics,
      Iterator<ColumnarBatch> input) {
    super(metrics);
    this.maker = resources.own(maker);
    this.metrics = metrics;
    this.input = input;
    translated = pipeline.translate().orThrow();
    StructField[] fields = pipeline.inputSchema().fields();
    int first = fields.length - maker.count();
    door = resources.input(new StructType(Arrays.copyOf(fields, first)), metrics);
    StructField[] made = Arrays.copyOfRange(fields, first, fields.length);
    makerDoor = resources.input(new StructType(made), metrics);
    output = resources.output(translated.output(), metrics);
  }

  @Override
  ColumnarBatch compute() {
    ColumnarBatch result = null;
    while (result == null && input.hasNext()) {
      result = compute(input.next());
    }
    return result;
  }

  /** Returns what the chain makes of a batch, or null when it keeps no row. */
  private ColumnarBatch compute(ColumnarBatch batch) {
    try {
      ColumnarBatch made = maker.next(batch.numRows());
      if (made == null) {
        return null;
      }
      try (ColumnBatch taken = door.toDevice(batch);
          ColumnBatch beside = makerDoor.toDevice(made)) {
        ColumnBatch kept = operator().apply(together(taken, beside));
        return output.give(kept);
      }
    } finally {
      batch.closeIfFreeable();
    }
  }

  /** Returns all columns in one batch, which are the given batches' to close. */
  private static ColumnBatch together(ColumnBatch taken, ColumnBatch beside) {
    List<Column> columns = new ArrayList<>(taken.columns());
    columns.addAll(beside.columns());
    return new ColumnBatch(columns, taken.rows());
  }

  /** Returns the operator; the first batch decides on the layouts that it is compiled for. */
  private ProjectBatch operator() {
    if (operator == null) {
      List<ColumnLayout> layouts = new ArrayList<>(door.layouts());
      layouts.addAll(makerDoor.layouts());
      ProjectBatch created = new ProjectBatch(kronos, translated.spec().over(layouts));
      operator = resources.own(created);
      resources.onCompletion(() -> metrics.addOperator(created.counters()));
    }
    return operator;
  }
}
