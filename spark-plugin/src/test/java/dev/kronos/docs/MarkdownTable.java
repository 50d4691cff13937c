// SPDX-License-Identifier: Apache-2.0
package dev.kronos.docs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a table in Markdown, row by row. Not thread-safe. */
final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();

  /** Starts a table with the titles of its columns. */
  MarkdownTable(List<String> titles) {
    row(titles);
    row(titles.stream().map(title -> "---").toList());
  }

  /** Starts a table with the titles of its columns. */
  static MarkdownTable of(String... titles) {
    return new MarkdownTable(List.of(titles));
  }

  /** Adds a row, a cell a column. */
  MarkdownTable row(String... cells) {
    return row(Arrays.asList(cells));
  }

  /** Adds a row, a cell a column. */
  MarkdownTable row(List<String> cells) {
    text.append(
        cells.stream().map(MarkdownTable::escaped).collect(Collectors.joining(" | ", "| ", " |")));
    text.append('\n');
    return this;
  }

  /** Returns text set as code; empty text stays empty. */
  static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String escaped(String cell) {
    return cell.replace("|", "\\|");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
