// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.tpch.TpchQuery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds a query whose plan is approved as text.
 *
 * @param name topic and name, {@code aggregate/distinct}
 * @param preparation statements that run before it, in its session
 * @param sql the query
 */
record GoldenQuery(String name, List<String> preparation, String sql) {
  /**
   * Those over the one table that {@link GoldenTables} makes; {@link TpchStrictIT} runs them all.
   */
  private static final List<TpchQuery> TPCH = List.of(TpchQuery.Q1, TpchQuery.Q6);

  /** Returns the queries of {@link GoldenFiles#QUERIES} and some of TPC-H. */
  static List<GoldenQuery> all() {
    return Stream.concat(
            GoldenFiles.QUERIES.names().stream()
                .map(name -> of(name, GoldenFiles.QUERIES.read(name))),
            TPCH.stream().map(q -> of("tpch/" + q.name().toLowerCase(Locale.ROOT), q.sql())))
        .toList();
  }

  /** Makes a query of a file's text: statements that end in a semicolon, then the query. */
  private static GoldenQuery of(String name, String text) {
    List<String> statements = List.of(text.strip().split(";\\s*\n", -1));
    int last = statements.size() - 1;
    return new GoldenQuery(name, statements.subList(0, last), statements.get(last));
  }

  /** Compares two answers, in the order of rows if the query gives one. */
  Optional<String> difference(Answer expected, Answer actual) {
    return sql.contains("ORDER BY")
        ? AnswerComparator.difference(expected, actual)
        : AnswerComparator.differenceInAnyOrder(expected, actual);
  }

  @Override
  public String toString() {
    return name;
  }
}
