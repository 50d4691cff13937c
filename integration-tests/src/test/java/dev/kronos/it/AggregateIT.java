// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares aggregations with plain Spark, in strict mode and with either half left to Spark. */
class AggregateIT extends SessionTest {
  private static final List<String> TABLES = List.of("facts", "gaps", "nothing");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    write(
        "facts",
        "SELECT id, id % 7 AS g, cast(id * 7919 % 1009 AS int) AS k, if(id % 13 = 0, null,"
            + " concat(repeat('ab', cast(id % 5 AS int)), 'é', id % 97)) AS s, cast(id * 104729 %"
            + " 99991 AS decimal(15,2)) AS d, cast(cast(id * 104729 % 99991 AS string) ||"
            + " '123456789012345' AS decimal(30,3)) AS w, if(id % 17 = 0, null, id % 3 = 0) AS b,"
            + " CASE id % 9 WHEN 1 THEN double('NaN') WHEN 2 THEN -0.0D WHEN 3 THEN 0.0D WHEN 5"
            + " THEN null ELSE (id * 7919 % 1009 - 500) / 8.0D END AS f FROM range(3000)");
    write(
        "gaps",
        "SELECT id, id % 4 AS g, cast(null AS int) AS k, cast(null AS string) AS s,"
            + " cast(null AS decimal(15,2)) AS d, cast(null AS decimal(30,3)) AS w,"
            + " cast(null AS boolean) AS b, cast(null AS double) AS f FROM range(50)");
    write("nothing", "SELECT * FROM facts WHERE id < 0");
    KronosSession.write(folder, "ordered", "SELECT * FROM facts", 1);
  }

  private static void write(String table, String sql) {
    KronosSession.write(folder, table, sql, 3);
  }

  /**
   * Compares a function of a column in all ways: with and without keys, few and many groups, rows,
   * nulls and nothing, and with the half before or after the exchange left to Spark.
   *
   * @param function has a place %s for the column
   */
  private static void assertAggregates(String function, String column) {
    String whole = function.formatted(column);
    // Spark computes an element of an array, and the half with it.
    String first = function.formatted("element_at(array(" + column + "), 1)");
    String last = "element_at(array(" + whole + "), 1)";
    for (String table : TABLES) {
      assertSame("SELECT %s FROM %s".formatted(whole, table));
      assertSame("SELECT g, %s FROM %s GROUP BY g".formatted(whole, table));
    }
    for (String half : List.of(first, last)) {
      assertSameWithFallback("SELECT g, %s FROM facts GROUP BY g".formatted(half));
    }
    assertSameWithFallback("SELECT %s FROM nothing".formatted(last));
    assertSame("SELECT k, %s FROM facts GROUP BY k".formatted(whole));
  }

  @Test
  void leavesEitherHalfToSpark() {
    String first = "SELECT g, sum(element_at(array(k), 1)) FROM facts GROUP BY g";
    String last = "SELECT g, element_at(array(sum(k)), 1) FROM facts GROUP BY g";
    for (String sql : List.of(first, last)) {
      assertThat(KronosSession.kronosNodes(sql))
          .as(sql)
          .filteredOn("KronosHashAggregate"::equals)
          .hasSize(1);
    }
  }

  @Test
  void filters() {
    assertAggregates("count(*) FILTER (WHERE %s > 500)", "k");
    assertAggregates("count(f, s) FILTER (WHERE %s > 500)", "k");
    assertAggregates("sum(%s) FILTER (WHERE b)", "k");
    assertAggregates("avg(%s) FILTER (WHERE b AND g > 2)", "d");
    assertAggregates("max(%s) FILTER (WHERE f < 3)", "w");
    assertSame(
        "SELECT g, sum(d) FILTER (WHERE k < 100) AS a, sum(d) AS b, sum(d) FILTER (WHERE cast(null"
            + " AS boolean)) AS c FROM facts GROUP BY g");
  }

  @Test
  void failsOnlyWhereAFilterLetsARowIn() {
    assertSame("SELECT sum(1000 / k) FILTER (WHERE k <> 0) FROM facts");
    assertSame("SELECT g, max(1000 / k) FILTER (WHERE k <> 0) FROM facts GROUP BY g");
    assertSameError("SELECT g, max(1000 / k) FILTER (WHERE k < 10) FROM facts GROUP BY g");
    assertSameError("SELECT sum(k) FILTER (WHERE 1000 / k > 3) FROM facts");
  }

  @Test
  void distinctValues() {
    for (String table : TABLES) {
      assertSame("SELECT count(DISTINCT k), sum(id), avg(d), count(*) FROM " + table);
      assertSame(
          "SELECT g, count(DISTINCT s), sum(DISTINCT k), max(id), sum(d), count(*) FROM "
              + table
              + " GROUP BY g");
      assertSame("SELECT count(DISTINCT k), count(DISTINCT s) FROM " + table);
      assertSame("SELECT count(DISTINCT k), count(DISTINCT s), sum(id), min(s) FROM " + table);
      assertSame(
          "SELECT b, count(DISTINCT k), sum(DISTINCT d), avg(w) FROM " + table + " GROUP BY b");
      assertSame(
          "SELECT g, count(DISTINCT k) FILTER (WHERE b), sum(d) FILTER (WHERE k > 9) FROM "
              + table
              + " GROUP BY g");
    }
  }

  @Test
  void extremesOfStrings() {
    assertAggregates("min(%s)", "s");
    assertAggregates("max(%s)", "upper(s)");
    assertSame("SELECT s, min(s), max(s), max(w), count(*) FROM facts GROUP BY s");
    assertSame("SELECT g, b, max(s) FILTER (WHERE k > 500) FROM facts GROUP BY g, b");
  }

  @Test
  void extremesOfEveryType() {
    String all =
        "min(b), max(b), min(f), max(f), min(w), max(w), min(d), max(d), min(t), max(t), min(k)";
    for (String table : TABLES) {
      String dated = "(SELECT *, date_add(DATE'2000-01-01', k) AS t FROM %s)".formatted(table);
      assertSame("SELECT %s FROM %s".formatted(all, dated));
      assertSame("SELECT g, %s FROM %s GROUP BY g".formatted(all, dated));
    }
  }

  /** Rows of one file come in one order, which is all that tells which is the first. */
  @Test
  void firstAndLastRows() {
    String picks =
        "first(s), last(s), first(s) IGNORE NULLS, last(f, true), any_value(d), first(k), last(b),"
            + " last(w), first(b) FILTER (WHERE k > 500), last(s) FILTER (WHERE k > 500)";
    assertSame("SELECT %s FROM ordered".formatted(picks));
    assertSame("SELECT g, %s FROM ordered GROUP BY g".formatted(picks));
    assertSame("SELECT %s FROM nothing".formatted(picks));
    assertSame("SELECT g, %s FROM gaps GROUP BY g".formatted(picks));
    assertSame("SELECT k, first(s), last(s) FROM ordered GROUP BY k");
    assertSame(
        "SELECT g, first(s), last(k) FROM (SELECT * FROM ordered SORT BY g, id DESC) GROUP BY g");
    assertSame("SELECT first(s), last(k) FROM (SELECT * FROM ordered SORT BY id DESC)");
    assertSameWithFallback("SELECT g, element_at(array(first(s)), 1) FROM ordered GROUP BY g");
    assertSameWithFallback("SELECT g, last(element_at(array(s), 1)) FROM ordered GROUP BY g");
    assertSameError("SELECT g, last(1000 / (k - 5)) FROM ordered GROUP BY g");
  }

  @Test
  void variances() {
    String all =
        "var_pop(if(isnan(f), null, f)), var_samp(k), stddev_pop(d), stddev(id) FILTER (WHERE b)";
    assertSame("SELECT g, %s FROM facts GROUP BY g".formatted(all));
    assertSame("SELECT %s FROM gaps".formatted(all));
    assertSame("SELECT %s FROM nothing".formatted(all));
    assertSame("SELECT id, var_pop(d), stddev(d) FROM facts WHERE id < 9 GROUP BY id");
  }

  /** All numbers have one sign, so that Spark's sums do not come back from beyond their range. */
  @Test
  void sumsThatDoNotFitAreNullWhereTried() {
    assertAggregates("try_sum(%s)", "id");
    assertAggregates("try_sum(%s)", "id % 2000 * 4000000000000000");
    assertAggregates("try_avg(%s)", "k");
    assertSame(
        "SELECT g, try_sum(d), try_sum(cast('9' || repeat('0', 36) AS decimal(38, 0))), try_sum(if(isnan(f), 1, f)),"
            + " try_avg(d), try_avg(w) FROM facts GROUP BY g");
  }

  @Test
  void eitherHalfOfAVarianceMayBeSparks() {
    assertAggregates("stddev(%s)", "d");
  }

  @Test
  void bits() {
    assertAggregates("bit_xor(%s)", "k");
    String all =
        "bit_and(k), bit_or(id), bit_and(cast(k % 100 AS tinyint)), bit_or(cast(-k AS smallint)),"
            + " bool_and(b), every(b), bool_or(b), some(b), count_if(k > 500), bit_or(k) FILTER"
            + " (WHERE b)";
    for (String table : TABLES) {
      assertSame("SELECT %s FROM %s".formatted(all, table));
      assertSame("SELECT g, %s FROM %s GROUP BY g".formatted(all, table));
    }
  }

  @Test
  void keepsTheOrderThatAnAggregationBySortingGives() {
    assertSame("SELECT s, max(s) AS x FROM facts GROUP BY s ORDER BY s LIMIT 7");
    assertSame(
        "SELECT a.g, a.x, b.y FROM (SELECT g, max(s) AS x FROM facts GROUP BY g) a"
            + " JOIN (SELECT g, min(s) AS y FROM facts GROUP BY g) b ON a.g = b.g");
  }

  @Test
  void doesTheSameWithoutAdaptiveExecution() {
    KronosSession.under(
        Map.of("spark.sql.adaptive.enabled", "false"),
        () -> {
          distinctValues();
          keepsTheOrderThatAnAggregationBySortingGives();
        });
  }
}
