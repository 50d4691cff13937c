// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds one statement of Spark's SQL tests and what Spark recorded for it.
 *
 * @param sql the statement
 * @param schema the result's type as Spark's catalogue writes it
 * @param output the result's rows, a line each, or the class and the message of an error
 */
record RecordedStatement(String sql, String schema, String output) {
  private static final String MARK = "-- !query";

  /** Reads the statements of a recorded file, in order. */
  static List<RecordedStatement> parse(String text) {
    List<RecordedStatement> statements = new ArrayList<>();
    String[] parts = new String[3];
    StringBuilder current = new StringBuilder();
    int part = -1;
    for (String line : text.split("\n", -1)) {
      int next = partOf(line);
      if (next < 0) {
        current.append(line).append('\n');
        continue;
      }
      keep(parts, part, current);
      if (next == 0 && part >= 0) {
        statements.add(of(parts));
      }
      part = next;
      current.setLength(0);
    }
    keep(parts, part, current);
    if (part >= 0) {
      statements.add(of(parts));
    }
    return statements;
  }

  private static int partOf(String line) {
    return switch (line) {
      case MARK -> 0;
      case MARK + " schema" -> 1;
      case MARK + " output" -> 2;
      default -> -1;
    };
  }

  private static void keep(String[] parts, int part, StringBuilder text) {
    if (part >= 0) {
      parts[part] = text.toString().stripTrailing();
    }
  }

  private static RecordedStatement of(String[] parts) {
    return new RecordedStatement(parts[0].strip(), parts[1].strip(), parts[2]);
  }
}
