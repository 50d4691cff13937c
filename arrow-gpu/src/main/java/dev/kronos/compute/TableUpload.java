// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import dev.kronos.dispatch.Stream;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Describes vectors of any layout as columns and brings them to the device. */
final class TableUpload {
  private final HostBatch batch;
  private final RowPlan plan;

  TableUpload(List<FieldVector> vectors) {
    int rows = Vectors.requireSameLength(vectors);
    List<HostColumn> columns = new ArrayList<>(vectors.size());
    List<DataType> types = new ArrayList<>(vectors.size());
    for (FieldVector vector : vectors) {
      HostColumn column = KeyColumns.describe(vector, rows);
      columns.add(column);
      types.add(KeyColumns.type(vector, column));
    }
    this.batch = new HostBatch(columns, rows);
    this.plan =
        RowPlan.of(
            columns.stream().map(HostColumn::layout).toList(),
            SelectionPlan.fields(vectors),
            types);
  }

  RowPlan plan() {
    return plan;
  }

  /** Returns the columns, which the caller closes; work on any stream may use them at once. */
  ColumnBatch run(Kronos kronos) {
    try (Stream stream = kronos.newStream()) {
      ColumnBatch uploaded = new BatchUpload(kronos, stream).upload(batch);
      stream.submit();
      return uploaded;
    }
  }
}
