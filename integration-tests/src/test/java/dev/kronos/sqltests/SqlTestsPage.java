// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the page that tells how Spark's own SQL tests go. */
final class SqlTestsPage {
  private static final int REASONS_SHOWN = 60;

  private static final String HEAD =
      """
      # Spark's own SQL tests

      Generated from `integration-tests/src/test/resources/sqltests/counts.txt`; do not edit.

      Spark %s records the results of several hundred files of SQL. Each file runs here with the plugin
      on, outside strict mode and in sessions like those of Spark's suite, and each statement's schema
      and rows, or error, are compared with the record.

      - *passed*: the same as the record. Of these, by where the nodes that compute ran: *wholly*,
        *partly* or *not* on the device; or *nothing* to compute: commands, errors in planning,
        answers known when planned.
      - *plans*: statements that print plans, in which the plugin's nodes are named.
      - *plain*: statements that differ from the record without the plugin as well, for they ask for
        the surroundings of Spark's own tests.
      - *ties*: statements with the same rows, of which those that are equal in all keys of the sort
        come in another order, as [compatibility.md](../compatibility.md) tells.
      - *explained*: statements that differ for a reason that is given below.
      - *failed*: statements that differ with the plugin only.
      - *commit*: the one that was counted. Not every commit counts every file: later ones may run more
        on the device. Counts with a *+* are of that commit or of a later one, which was not noted.

      | file | statements | passed | wholly | partly | not | nothing | plans | plain | ties | explained | failed | commit |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private static final String NOT_RUN =
      """

      ## Not run

      | files | number | statements | reason |
      |---|---|---|---|
      """;

  private static final String EXPLAINED =
      """

      ## Explained

      | file | statement with | reason |
      |---|---|---|
      """;

  private static final String REASONS =
      """

      ## Why nodes stay on the CPU

      The commonest reasons, each with the number of statements that passed and had a node of it.

      | statements | reason |
      |---|---|
      """;

  private SqlTestsPage() {}

  /** Returns the page for the counts of all files, and of which commit each file's are. */
  static String markdown(Collection<SqlTestCounts> files, Map<String, String> commits) {
    SqlTestCounts all = SqlTestCounts.none("**all**");
    files.forEach(all::addAll);
    StringBuilder page = new StringBuilder(HEAD.formatted(SqlTestFiles.SPARK));
    row(page, all, commits.values().stream().distinct().count() + " commits");
    files.forEach(counts -> row(page, counts, commits.get(counts.file())));
    page.append(NOT_RUN);
    SqlTestFiles.NOT_RUN.forEach((start, reason) -> notRun(page, start, reason));
    notCounted(page, files.stream().map(SqlTestCounts::file).collect(Collectors.toSet()));
    page.append(EXPLAINED);
    KnownDifference.ALL.stream()
        .filter(known -> known.outcome() == Outcome.EXPLAINED)
        .forEach(
            known -> page.append(line(known.file(), "`" + known.text() + "`", known.reason())));
    page.append(REASONS);
    all.reasons().entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(REASONS_SHOWN)
        .forEach(e -> page.append(line(e.getValue(), e.getKey().replace("|", "\\|"))));
    return page.toString();
  }

  /** Files that can run but were not since they came, each by itself. */
  private static void notCounted(StringBuilder page, Set<String> counted) {
    SqlTestFiles.names().stream()
        .filter(name -> !counted.contains(name))
        .forEach(name -> notRun(page, name, "has not been counted yet"));
  }

  private static void row(StringBuilder page, SqlTestCounts counts, String commit) {
    IntStream numbers =
        IntStream.of(
            counts.statements(),
            counts.of(Outcome.PASSED),
            counts.of(Place.WHOLLY),
            counts.of(Place.PARTLY),
            counts.of(Place.NOT),
            counts.of(Place.NOTHING),
            counts.of(Outcome.PLAN),
            counts.of(Outcome.PLAIN),
            counts.of(Outcome.TIES),
            counts.of(Outcome.EXPLAINED),
            counts.of(Outcome.FAILED));
    page.append("| ").append(counts.file()).append(" | ");
    page.append(numbers.mapToObj(String::valueOf).collect(Collectors.joining(" | ")));
    page.append(" | ").append(commit).append(" |\n");
  }

  private static void notRun(StringBuilder page, String start, String reason) {
    List<String> files =
        SqlTestFiles.all().stream().filter(name -> name.startsWith(start)).toList();
    int statements = files.stream().mapToInt(name -> SqlTestFiles.statements(name).size()).sum();
    page.append(line("`" + start + "`", files.size(), statements, reason));
  }

  private static String line(Object... cells) {
    return Arrays.stream(cells)
        .map(String::valueOf)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
