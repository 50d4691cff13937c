// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.compare.Answer;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructField;

/** Prints an answer as a table with columns as wide as their widest cell. */
final class AnswerTable {
  private AnswerTable() {}

  static void print(PrintWriter out, Answer answer) {
    List<String> names = Arrays.stream(answer.schema().fields()).map(StructField::name).toList();
    int[] widths = new int[names.size()];
    widen(widths, names);
    List<List<String>> rows = answer.rows().stream().map(AnswerTable::cells).toList();
    rows.forEach(row -> widen(widths, row));
    line(out, widths, names);
    rows.forEach(row -> line(out, widths, row));
  }

  private static List<String> cells(List<Object> row) {
    return row.stream().map(AnswerTable::text).toList();
  }

  private static String text(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private static void line(PrintWriter out, int[] widths, List<String> cells) {
    StringBuilder line = new StringBuilder(" ");
    for (int i = 0; i < widths.length; i++) {
      line.append(' ').append(" ".repeat(widths[i] - cells.get(i).length())).append(cells.get(i));
    }
    out.println(line);
  }
}
