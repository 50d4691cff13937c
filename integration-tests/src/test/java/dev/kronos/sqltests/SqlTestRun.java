// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/**
 * Holds how the statements of one file went.
 *
 * @param counts how many went how
 * @param failures statements that only differ with Kronos, each with both results
 * @param plain statements that differ without Kronos as well, each with both results
 */
record SqlTestRun(SqlTestCounts counts, List<String> failures, List<String> plain) {

  private static final Pattern EXPLAINS = startsWith("explain");

  /** Statements that change nothing, so that they may run twice. */
  private static final Pattern READS =
      startsWith("explain|select|with|values|table|from|show|desc|describe|\\(");

  /** Runs a file with Kronos, and without it where something differs. */
  static SqlTestRun of(SqlTestSession sessions, String file) {
    List<RecordedStatement> statements = SqlTestFiles.statements(file);
    List<SqlOutput> outputs = new ArrayList<>();
    List<SqlOutput> withoutKronos = new ArrayList<>();
    SparkSession session = sessions.open(file, true);
    try (TimedStatements timed = new TimedStatements(session)) {
      for (RecordedStatement statement : statements) {
        outputs.add(timed.run(statement.sql()));
        withoutKronos.add(plain(timed, session, statement, outputs.get(outputs.size() - 1)));
      }
    }
    if (withoutKronos.contains(null)) {
      withoutKronos = allPlain(sessions.open(file, false), statements);
    }
    SqlTestRun run = new SqlTestRun(SqlTestCounts.none(file), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < statements.size(); i++) {
      run.add(statements.get(i), outputs.get(i), withoutKronos.get(i));
    }
    return run;
  }

  /** Returns what plain Spark gives, or null where only a run of all statements can tell. */
  private static SqlOutput plain(
      TimedStatements timed, SparkSession session, RecordedStatement recorded, SqlOutput output) {
    if (output.equalsRecorded(recorded)) {
      return output;
    }
    if (!READS.matcher(recorded.sql()).find()) {
      return null;
    }
    session.conf().set(SqlTestSession.ENABLED, "false");
    try {
      return timed.run(recorded.sql());
    } finally {
      session.conf().set(SqlTestSession.ENABLED, "true");
    }
  }

  private static List<SqlOutput> allPlain(
      SparkSession session, List<RecordedStatement> statements) {
    try (TimedStatements timed = new TimedStatements(session)) {
      return statements.stream().map(statement -> timed.run(statement.sql())).toList();
    }
  }

  private void add(RecordedStatement recorded, SqlOutput output, SqlOutput withoutKronos) {
    Outcome outcome = outcome(recorded, output, withoutKronos);
    counts.add(outcome, output.work());
    if (outcome == Outcome.FAILED) {
      failures.add(difference(recorded, output));
    } else if (outcome == Outcome.PLAIN) {
      plain.add(difference(recorded, withoutKronos));
    }
  }

  private Outcome outcome(RecordedStatement recorded, SqlOutput output, SqlOutput withoutKronos) {
    if (output.equalsRecorded(recorded)) {
      return Outcome.PASSED;
    }
    if (!withoutKronos.equalsRecorded(recorded)) {
      return Outcome.PLAIN;
    }
    // A plan names the nodes that run, so Kronos is meant to change it.
    if (EXPLAINS.matcher(recorded.sql()).find()) {
      return Outcome.PLAN;
    }
    Outcome known = KnownDifference.of(counts.file(), recorded, output);
    return known == null ? Outcome.FAILED : known;
  }

  private static String difference(RecordedStatement recorded, SqlOutput output) {
    return "%s%n  recorded: %s %s%n  here:     %s %s"
        .formatted(
            recorded.sql(), recorded.schema(), recorded.output(), output.schema(), output.output());
  }

  private static Pattern startsWith(String words) {
    return Pattern.compile(
        "^\\s*(?:(?:--.*|/\\*(?s:.*?)\\*/)\\s*)*(?:" + words + ")\\b?", Pattern.CASE_INSENSITIVE);
  }
}
