// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Counts how the statements of one file went.
 *
 * @param file the file's name
 * @param equal statements whose result is what Spark recorded
 * @param onDevice those of them that Kronos had a part in
 * @param aside statements that differ from the record with plain Spark as well, or that print plans
 * @param different statements that only differ with Kronos, each with both results
 */
record SqlTestRun(String file, int equal, int onDevice, int aside, List<String> different) {

  /** Runs a file with Kronos, and without it where something differs. */
  static SqlTestRun of(SqlTestSession sessions, String file) {
    List<RecordedStatement> statements = SqlTestFiles.statements(file);
    List<SqlOutput> withKronos = outputs(sessions.open(file, true), statements);
    List<SqlOutput> plain = null;
    int equal = 0;
    int onDevice = 0;
    int aside = 0;
    List<String> different = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      RecordedStatement recorded = statements.get(i);
      SqlOutput output = withKronos.get(i);
      if (output.equalsRecorded(recorded)) {
        equal++;
        onDevice += output.onDevice() ? 1 : 0;
        continue;
      }
      if (plain == null) {
        plain = outputs(sessions.open(file, false), statements);
      }
      if (printsPlans(recorded.sql()) || !plain.get(i).equalsRecorded(recorded)) {
        aside++;
      } else {
        different.add(difference(recorded, output));
      }
    }
    return new SqlTestRun(file, equal, onDevice, aside, different);
  }

  /** Returns how many statements the file has. */
  int statements() {
    return equal + aside + different.size();
  }

  private static List<SqlOutput> outputs(SparkSession session, List<RecordedStatement> statements) {
    SparkSession.setActiveSession(session);
    return statements.stream().map(s -> SqlOutput.of(session, s.sql())).toList();
  }

  /** A plan names the nodes that run, so Kronos is meant to change it. */
  private static boolean printsPlans(String sql) {
    return sql.strip().toLowerCase(Locale.ROOT).startsWith("explain");
  }

  private static String difference(RecordedStatement recorded, SqlOutput output) {
    return "%s%n  recorded: %s %s%n  Kronos:   %s %s"
        .formatted(
            recorded.sql(), recorded.schema(), recorded.output(), output.schema(), output.output());
  }
}
