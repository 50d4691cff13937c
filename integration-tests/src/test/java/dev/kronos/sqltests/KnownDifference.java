// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.util.List;

/**
 * Is a statement whose result may differ from the record, with the reason.
 *
 * @param file the file's name
 * @param text a part of the statement, or of several that are the same, that no other one has
 * @param outcome {@link Outcome#TIES} where the rows must be the same, {@link Outcome#EXPLAINED}
 *     where they may differ
 * @param reason why, for the page
 */
record KnownDifference(String file, String text, Outcome outcome, String reason) {
  private static final String ANY_ROWS = "takes some rows by LIMIT of rows in no order";
  private static final String EXACT = "adds floating point exactly and rounds once";
  private static final String PAIRS = "adds floating point exactly and rounds once a partition";
  private static final String SCRIPTS = "scripting/randomly_generated_scripts.sql";
  private static final String STRINGS = "postgreSQL/strings.sql";
  private static final String AGGREGATES = "postgreSQL/aggregates_part1.sql";

  private static final String BY_ZERO = "(col / 0) FROM VALUES (interval";
  private static final String NO_PLACE = "the error does not say which part of the query failed";
  private static final String WINDOWS = "postgreSQL/window_part4.sql";

  /** Every such statement. */
  static final List<KnownDifference> ALL =
      List.of(
          ties("order-by.sql", "SELECT b FROM testData GROUP BY a, b ORDER BY a"),
          ties("grouping_set.sql", "GROUPING SETS (a, b, d + 1) ORDER BY `(d + 1)`"),
          ties("subquery/in-subquery/in-order-by.sql", "ORDER  BY 2 DESC nulls last"),
          ties("subquery/in-subquery/in-order-by.sql", "ORDER  BY t1c DESC nulls last"),
          ties(
              "subquery/in-subquery/in-set-operations.sql",
              "WHERE  t1c = t3c)) AS t3\nGROUP  BY t2a,\n          t2b,\n          t2d"),
          ties("subquery/in-subquery/in-set-operations.sql", "WHERE  t1b > 6) AS t5)"),
          ties("replacing-missing-expression-with-alias.sql", "ORDER BY GROUPING(col1)"),
          explained("cte-recursion.sql", "FROM t LEFT JOIN ZeroAndOne ON n = current", ANY_ROWS),
          explained(SCRIPTS, "SELECT DISTINCT customer_type FROM customers LIMIT 2", ANY_ROWS),
          explained(SCRIPTS, "SELECT DISTINCT customer_zip FROM customers LIMIT 3", ANY_ROWS),
          explained(SCRIPTS, "SELECT DISTINCT order_device FROM orders LIMIT 3", ANY_ROWS),
          explained(SCRIPTS, "WHERE product_category != 'General' LIMIT 2", ANY_ROWS),
          explained(AGGREGATES, "SELECT var_pop(b) FROM aggtest", EXACT),
          explained(AGGREGATES, "SELECT var_samp(b) FROM aggtest", EXACT),
          explained(AGGREGATES, "SELECT regr_syy(b, a) FROM aggtest", PAIRS),
          explained(AGGREGATES, "sum(y),regr_syy(y,x), regr_sxy(y,x)", PAIRS),
          explained(
              "postgreSQL/aggregates_part3.sql", "select sum(1/ten) filter (where ten > 0)", EXACT),
          explained(WINDOWS, "SELECT VAR_POP(n) OVER", EXACT),
          explained(WINDOWS, "SELECT VAR_SAMP(n) OVER", EXACT),
          explained(WINDOWS, "SELECT VARIANCE(n) OVER", EXACT),
          explained(WINDOWS, "SELECT STDDEV_POP(n) OVER", EXACT),
          explained("try_aggregates.sql", BY_ZERO, NO_PLACE),
          explained("nonansi/try_aggregates.sql", BY_ZERO, NO_PLACE),
          explained(
              STRINGS, "SELECT substr(f1, 99995", "loops of lavapipe end after 65,535 turns"));

  private static KnownDifference ties(String file, String text) {
    return new KnownDifference(file, text, Outcome.TIES, "rows are equal in all keys of the sort");
  }

  private static KnownDifference explained(String file, String text, String reason) {
    return new KnownDifference(file, text, Outcome.EXPLAINED, reason);
  }

  /**
   * Returns what a result that differs from the record is, or null where it has no excuse.
   *
   * @param file the file's name
   * @param recorded the statement with what Spark recorded
   * @param output what it gave here
   */
  static Outcome of(String file, RecordedStatement recorded, SqlOutput output) {
    return ALL.stream()
        .filter(known -> known.file.equals(file) && recorded.sql().contains(known.text))
        .filter(known -> known.outcome == Outcome.EXPLAINED || output.hasRowsOf(recorded))
        .map(KnownDifference::outcome)
        .findFirst()
        .orElse(null);
  }
}
