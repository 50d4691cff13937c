// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.util.Collection;
import java.util.function.ToIntFunction;

/** Writes the page that tells how Spark's own SQL tests go. */
final class SqlTestsPage {
  private static final String HEAD =
      """
      # Spark's own SQL tests

      Spark records the results of several hundred files of SQL. Each file runs here with the plugin on,
      and each statement's result, or error, is compared with the record. A query that the device cannot
      run wholly runs in part, or not at all, on the device: *on the device* counts the statements in whose
      plan a node was Kronos's. *Aside* are statements that print plans, which Kronos is meant to change,
      and those that differ from the record without the plugin as well, for they ask for the surroundings
      of Spark's own tests. *Different* must be 0. Files that call functions of Spark's test code (`udf`,
      `udaf`, `udtf`) are left out.

      Written by `SqlTestsIT` when run with `-Dkronos.sqltests=all`; every build runs a part of the files.

      | file | statements | equal | of them on the device | aside | different |
      |---|---|---|---|---|---|
      """;

  private SqlTestsPage() {}

  /** Returns the page for the results of all files. */
  static String markdown(String version, Collection<SqlTestRun> runs) {
    StringBuilder page = new StringBuilder(HEAD);
    for (SqlTestRun run : runs) {
      row(
          page,
          run.file(),
          run.statements(),
          run.equal(),
          run.onDevice(),
          run.aside(),
          run.different().size());
    }
    row(
        page,
        "**all, of Spark " + version + "**",
        sum(runs, SqlTestRun::statements),
        sum(runs, SqlTestRun::equal),
        sum(runs, SqlTestRun::onDevice),
        sum(runs, SqlTestRun::aside),
        sum(runs, run -> run.different().size()));
    return page.toString();
  }

  private static int sum(Collection<SqlTestRun> runs, ToIntFunction<SqlTestRun> count) {
    return runs.stream().mapToInt(count).sum();
  }

  private static void row(StringBuilder page, String name, int... counts) {
    page.append("| ").append(name);
    for (int count : counts) {
      page.append(" | ").append(count);
    }
    page.append(" |\n");
  }
}
