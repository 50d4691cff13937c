// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.tpch.QueryAccount;
import dev.kronos.tpch.QueryRun;
import java.util.List;

/** Writes where the time of each query went, as a Markdown table. */
final class AccountTable {
  private static final String HEAD =
      """
      | query | wall s | no task runs s | tasks s | processor | scan | shuffle write | shuffle wait \
      | collector | device s | MB up | MB down | dispatches |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;
  private static final String ROW =
      "| %s | %.2f | %.2f | %.1f | %.0f %% | %.0f %% | %.0f %% | %.0f %% | %.0f %%"
          + " | %.2f | %,.0f | %,.0f | %,d |%n";

  private AccountTable() {}

  /**
   * Returns the table: of each query's last run, wall time, the part of it without any task, time
   * of tasks, and parts of the latter.
   */
  static String of(List<QueryRun> runs) {
    StringBuilder table = new StringBuilder(HEAD);
    runs.forEach(run -> table.append(row(run)));
    return table.toString();
  }

  private static String row(QueryRun run) {
    QueryAccount account = run.account();
    double percent = 100 / Math.max(account.tasks(), 1e-3);
    return ROW.formatted(
        run.query(),
        account.wall(),
        account.idle(),
        account.tasks(),
        account.cpu() * percent,
        account.scan() * percent,
        account.shuffleWrite() * percent,
        account.fetchWait() * percent,
        account.collection() * percent,
        run.total("deviceTime") / 1e9,
        run.total("bytesToDevice") / 1e6,
        run.total("bytesFromDevice") / 1e6,
        run.total("dispatches"));
  }
}
