// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.plans.PlanReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins a table with several broadcast ones in the kernel of the node above the joins. */
class JoinChainIT extends SessionTest {
  private static final String HINT = "/*+ BROADCAST(p, s, d) */ ";

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    write(
        "f",
        "SELECT id, cast(id % 300 AS int) AS p, if(id % 41 = 0, null, id * 7 % 90) AS s,"
            + " concat('d', id % 37) AS d, cast(id % 1000 AS decimal(9,2)) AS v FROM range(5000)");
    // Numbers close together, numbers far apart, strings; rows without a match on either side.
    write(
        "p",
        "SELECT cast(id + 20 AS int) AS k, concat('part ', id % 7) AS name,"
            + " id * id * 104729 % 90 AS s, cast(id % 5 AS tinyint) AS z, id % 90 AS y FROM range(260)");
    write(
        "s",
        "SELECT if(id = 17, null, id * 1000003 + 5) AS k, id AS n,"
            + " if(id % 4 = 0, null, concat('city ', id % 6)) AS city FROM range(80)");
    write(
        "d",
        "SELECT concat('d', id) AS k, date_add(date'2024-02-20', cast(id AS int)) AS day"
            + " FROM range(30)");
    write("twice", "SELECT id % 40 AS k, id AS n FROM range(80)");
  }

  private static void write(String table, String sql) {
    KronosSession.write(folder, table, sql, 2);
  }

  /** Runs a query in both ways of planning. */
  private static void assertSameAnyhow(String sql) {
    for (String adaptive : List.of("true", "false")) {
      KronosSession.under(Map.of("spark.sql.adaptive.enabled", adaptive), () -> assertSame(sql));
    }
  }

  private static Dataset<Row> ran(String sql) {
    return KronosSession.with(
        Map.of("spark.sql.adaptive.enabled", "false", "spark.kronos.sql.strict", "true"),
        () -> {
          Dataset<Row> rows = KronosSession.spark().sql(sql);
          rows.collectAsList();
          return rows;
        });
  }

  private static List<Map<String, Long>> joins(Dataset<Row> rows) {
    return PlanReport.nodes(PlanReport.executed(rows)).stream()
        .filter(node -> node.nodeName().contains("HashJoin"))
        .map(PlanReport::metrics)
        .toList();
  }

  @Test
  void joinsBelowAnAggregateRunInItsKernel() {
    String sql =
        "SELECT "
            + HINT
            + "city, day, sum(v * z), count(*) FROM f JOIN p ON f.p = p.k"
            + " JOIN s ON f.s * 1000003 + 5 = s.k JOIN d ON f.d = d.k WHERE f.id % 3 = 0"
            + " GROUP BY city, day";
    assertSameAnyhow(sql);
    List<Map<String, Long>> joins = joins(ran(sql));
    assertThat(joins).hasSize(3);
    long rows = 5000;
    for (int i = joins.size() - 1; i >= 0; i--) {
      assertThat(joins.get(i)).containsEntry("dispatches", 0L);
      assertThat(joins.get(i).get("numOutputRows")).isBetween(1L, rows - 1);
      rows = joins.get(i).get("numOutputRows");
    }
    assertThat(rows).isEqualTo(counted(sql));
  }

  private static long counted(String sql) {
    return KronosSession.spark()
        .sql("SELECT sum(c) FROM (" + sql.replace("count(*)", "count(*) AS c") + ")")
        .head()
        .getLong(0);
  }

  /** The key of the second join is a column of the first one's table. */
  @Test
  void keysComeOfTables() {
    assertSameAnyhow(
        "SELECT "
            + HINT
            + "name, min(city), count(n), sum(v) FROM f JOIN p ON f.p = p.k"
            + " LEFT JOIN s ON p.s = s.n GROUP BY name");
  }

  @ParameterizedTest
  @CsvSource({
    "JOIN, JOIN",
    "LEFT JOIN, JOIN",
    "LEFT JOIN, LEFT JOIN",
    "LEFT SEMI JOIN, LEFT ANTI JOIN",
    "LEFT ANTI JOIN, LEFT JOIN"
  })
  void typesOfJoins(String first, String second) {
    String from =
        " FROM f " + first + " p ON f.p = p.k AND f.s > p.y " + second + " d ON f.d = d.k";
    assertSame("SELECT " + HINT + "f.id, f.v, f.d" + from + " WHERE f.id % 5 < 3");
    assertSame("SELECT " + HINT + "f.d, count(*), sum(f.v)" + from + " GROUP BY f.d");
  }

  @Test
  void columnsOfAllTablesLeaveTheChain() {
    assertSameAnyhow(
        "SELECT "
            + HINT
            + "f.*, p.*, s.*, d.day FROM f LEFT JOIN p ON f.p = p.k"
            + " LEFT JOIN s ON p.s = s.n JOIN d ON f.d = d.k");
    assertSame(
        "SELECT "
            + HINT
            + "upper(name) || city, day + 1 FROM f JOIN p ON f.p = p.k"
            + " JOIN s ON f.s * 1000003 + 5 = s.k JOIN d ON f.d = d.k");
  }

  @Test
  void existence() {
    assertSame(
        "SELECT f.id, f.v FROM f WHERE f.p IN (SELECT k FROM p) OR EXISTS"
            + " (SELECT 1 FROM d WHERE d.k = f.d AND d.day > date'2024-03-01')");
  }

  /** Where a table has several rows of a key, that join runs on its own and the others do not. */
  @ParameterizedTest
  @ValueSource(strings = {"JOIN", "LEFT JOIN"})
  void keysOfSeveralRows(String type) {
    String from =
        " FROM f JOIN p ON f.p = p.k " + type + " twice ON p.s = twice.k JOIN d ON f.d = d.k";
    String sql =
        "SELECT /*+ BROADCAST(p, twice, d) */ day, count(*), sum(twice.n), max(name)"
            + from
            + " GROUP BY day";
    assertSameAnyhow(sql);
    List<Map<String, Long>> joins = joins(ran(sql));
    assertThat(joins)
        .extracting(join -> join.get("dispatches") > 0)
        .containsExactly(false, true, false);
    assertThat(joins).allSatisfy(join -> assertThat(join.get("numOutputRows")).isPositive());
  }

  @Test
  void emptyTables() {
    for (String type : List.of("JOIN", "LEFT JOIN", "LEFT ANTI JOIN")) {
      assertSame(
          "SELECT /*+ BROADCAST(d, e) */ count(*), sum(v) FROM f "
              + type
              + " (SELECT * FROM p WHERE k < 0) e ON f.p = e.k JOIN d ON f.d = d.k");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MERGE", "SHUFFLE_HASH"})
  void belowJoinsOfExchangedSides(String hint) {
    String sql =
        "SELECT /*+ BROADCAST(p, d), "
            + hint
            + "(s) */ city, day, count(*), sum(v) FROM f"
            + " JOIN p ON f.p = p.k JOIN s ON p.s = s.n JOIN d ON f.d = d.k GROUP BY city, day";
    assertSameAnyhow(sql);
    List<Map<String, Long>> joins = joins(ran(sql));
    // The first one runs with the projection below the exchange.
    assertThat(joins).hasSize(3).allSatisfy(j -> assertThat(j).containsEntry("dispatches", 0L));
    assertThat(joins).allSatisfy(join -> assertThat(join.get("numOutputRows")).isPositive());
    String from = sql.substring(sql.indexOf(" FROM"), sql.indexOf(" GROUP"));
    assertSameError("SELECT /*+ " + hint + "(s) */ sum(v / (z - 3))" + from);
  }

  /** Rows fail above joins, and raise what plain Spark raises. */
  @Test
  void failuresAboveJoins() {
    String from = " FROM f JOIN p ON f.p = p.k LEFT JOIN d ON f.d = d.k";
    assertSameError("SELECT " + HINT + "sum(v / (z - 3))" + from);
    assertSameError("SELECT " + HINT + "cast(name AS int), day" + from);
    assertSameError("SELECT " + HINT + "count(*)" + from + " WHERE 10 / (p.k - 77) > 1");
    // Rows without a match, and those that the second join drops, fail nowhere.
    assertSame("SELECT " + HINT + "sum(v / (p.k - 19))" + from);
    assertSame(
        "SELECT "
            + HINT
            + "sum(v / (z - 3)) FROM f JOIN p ON f.p = p.k AND p.z < 3"
            + " LEFT JOIN d ON f.d = d.k");
  }

  @Test
  void unfused() {
    String sql =
        "SELECT "
            + HINT
            + "day, count(*), sum(z) FROM f JOIN p ON f.p = p.k"
            + " JOIN d ON f.d = d.k GROUP BY day";
    KronosSession.under(
        Map.of("spark.kronos.sql.fusion.enabled", "false"),
        () -> {
          assertSame(sql);
          SparkPlan plan = PlanReport.executed(ran(sql));
          assertThat(PlanReport.total(plan, "dispatches")).isPositive();
          assertThat(joins(ran(sql))).allSatisfy(j -> assertThat(j.get("dispatches")).isPositive());
        });
  }
}
