// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.ProbedTable;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.columnar.SparkBatches;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Is the build side of a join as a task has it.
 *
 * @param columns its columns
 * @param onDevice the table, open until the task ends
 */
record TaskTable(List<Attribute> columns, BuildTable onDevice) implements ProbedTable {

  /** Copies the list. */
  TaskTable {
    columns = List.copyOf(columns);
  }

  @Override
  public List<InternalRow> rows() {
    ColumnBatch table = onDevice.columns();
    // Keys that are computed stand behind the columns.
    ColumnBatch shown = new ColumnBatch(table.columns().subList(0, columns.size()), table.rows());
    List<InternalRow> rows = new ArrayList<>(shown.rows());
    try (BatchDownload download = new BatchDownload(KronosExecutor.current())) {
      ColumnarBatch batch =
          SparkBatches.of(download, shown.retain(), SparkPipeline.schema(columns));
      batch.rowIterator().forEachRemaining(row -> rows.add(row.copy()));
      batch.close();
    }
    return rows;
  }
}
