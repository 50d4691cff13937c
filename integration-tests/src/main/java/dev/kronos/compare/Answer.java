// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compare;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Holds the whole answer of a query: its schema and its rows in the order they arrived.
 *
 * @param schema names and types of the columns
 * @param rows one list a row, one value a column, null where SQL says null
 */
public record Answer(StructType schema, List<List<Object>> rows) {
  /** Runs {@code query} and collects its answer. */
  public static Answer of(Dataset<Row> query) {
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : query.collectAsList()) {
      rows.add(values(row));
    }
    return new Answer(query.schema(), rows);
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>(row.length());
    for (int i = 0; i < row.length(); i++) {
      values.add(row.get(i));
    }
    return values;
  }
}
