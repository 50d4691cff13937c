// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.BatchUpload;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import dev.kronos.dispatch.Stream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;

/**
 * Describes vectors of any layout as columns and brings them to the device, dictionary-encoded ones
 * as the values that they stand for where there are dictionaries.
 */
final class TableUpload {
  private final Decoder decoder;
  private final List<FieldVector> vectors;
  private final int rows;
  private final RowPlan plan;

  TableUpload(Decoder decoder, List<FieldVector> vectors) {
    this.decoder = decoder;
    this.vectors = List.copyOf(vectors);
    this.rows = Vectors.requireSameLength(vectors);
    List<ColumnLayout> layouts = new ArrayList<>(vectors.size());
    List<DataType> types = new ArrayList<>(vectors.size());
    for (FieldVector vector : vectors) {
      FieldVector model = decoder.model(vector);
      HostColumn column = KeyColumns.describe(model, 0);
      layouts.add(column.layout());
      types.add(KeyColumns.type(model, column));
    }
    this.plan = RowPlan.of(layouts, vectors.stream().map(decoder::field).toList(), types);
  }

  RowPlan plan() {
    return plan;
  }

  /** Returns the columns, which the caller closes; work on any stream may use them at once. */
  ColumnBatch run() {
    Map<FieldVector, Column> decoded = new IdentityHashMap<>();
    try {
      for (FieldVector vector : vectors) {
        if (decoder.decodes(vector) && !decoded.containsKey(vector)) {
          decoded.put(vector, decoded(vector));
        }
      }
      Iterator<Column> others = uploaded().columns().iterator();
      List<Column> columns = new ArrayList<>(vectors.size());
      for (FieldVector vector : vectors) {
        Column column = decoded.get(vector);
        columns.add(column == null ? others.next() : column.retain());
      }
      return new ColumnBatch(columns, rows);
    } finally {
      decoded.values().forEach(Column::close);
    }
  }

  /** Brings all vectors at once that need no decoding. */
  private ColumnBatch uploaded() {
    List<HostColumn> columns =
        vectors.stream()
            .filter(vector -> !decoder.decodes(vector))
            .map(vector -> KeyColumns.describe(vector, rows))
            .toList();
    try (Stream stream = decoder.kronos().newStream()) {
      ColumnBatch batch =
          new BatchUpload(decoder.kronos(), stream).upload(new HostBatch(columns, rows));
      stream.submit();
      return batch;
    }
  }

  private Column decoded(FieldVector vector) {
    Column bits = decoder.column(vector);
    ColumnLayout layout = KeyColumns.describe(decoder.model(vector), 0).layout();
    return new Column(
        layout, bits.validity(), bits.values(), bits.offsets(), null, bits.bitOffset());
  }
}
