// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.ArrayList;
import java.util.List;

/** Looks rows of tables up in plain Java: by looking at all of them. */
final class RowTables {
  private RowTables() {}

  static Object lookup(TableLookup e, RowAccess row) {
    List<Object> keys = new ArrayList<>();
    for (Expression key : e.keys()) {
      Object value = RowEvaluator.evaluate(key, row);
      if (value == null) {
        return TableLookup.NONE;
      }
      keys.add(value);
    }
    int rows = row.tableRows(e.table().keyColumns().get(0));
    for (int candidate = 0; candidate < rows; candidate++) {
      if (matches(e.table().keyColumns(), keys, row, candidate)) {
        return candidate;
      }
    }
    return TableLookup.NONE;
  }

  private static boolean matches(
      List<Integer> columns, List<Object> keys, RowAccess row, int candidate) {
    for (int i = 0; i < keys.size(); i++) {
      Object stored = row.tableValue(columns.get(i), candidate);
      if (stored == null || Values.compare(stored, keys.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  static Object column(TableColumn e, RowAccess row) {
    int number = (Integer) RowEvaluator.evaluate(e.row(), row);
    return number < 0 ? null : row.tableValue(e.index(), number);
  }
}
