// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins tables in every way that Spark plans, on the device and on the CPU. */
class JoinIT extends SessionTest {
  private static final List<String> TYPES =
      List.of("INNER", "LEFT OUTER", "RIGHT OUTER", "LEFT SEMI", "LEFT ANTI");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    write("l", "SELECT id, " + KEYS + " FROM range(1500)");
    write("r", "SELECT id * 3 AS id, " + KEYS.replace("id", "(id + 40)") + " FROM range(400)");
    write("none", "SELECT id, cast(id AS int) AS i FROM range(0)");
  }

  /** Keys that repeat, that are null now and then, of every type. */
  private static final String KEYS =
      "if(id % 11 = 0, null, cast(id % 97 AS int)) AS i,"
          + " if(id % 13 = 0, null, cast(id % 89 AS bigint)) AS g,"
          + " cast(id % 71 AS smallint) AS h, cast(id % 61 AS tinyint) AS b,"
          + " if(id % 7 = 0, null, concat('k', id % 83)) AS s,"
          + " cast(id % 53 AS decimal(7,2)) AS d7, cast(id % 59 AS decimal(15,2)) AS d15,"
          + " if(id % 17 = 0, null, cast(id % 67 AS decimal(30,4))) AS d30,"
          + " date_add(date'2020-01-01', cast(id % 73 AS int)) AS t,"
          + " timestamp_seconds(id % 79) AS ts,"
          + " if(id % 19 = 0, double('nan'), if(id % 23 = 0, -0.0D, cast(id % 43 AS double))) AS f,"
          + " id % 3 = 0 AS o";

  private static void write(String table, String sql) {
    KronosSession.write(folder, table, sql, 3);
  }

  private static void assertSameWith(Map<String, String> settings, String sql) {
    KronosSession.under(settings, () -> assertSame(sql));
  }

  private static Map<String, String> adaptive(String on) {
    return Map.of("spark.sql.adaptive.enabled", on);
  }

  private static String columns(String type) {
    return type.startsWith("LEFT SEMI") || type.startsWith("LEFT ANTI")
        ? "l.id, l.s, l.d30"
        : "l.id, l.s, l.d30, r.id AS rid, r.s AS rs, r.o";
  }

  static Stream<Arguments> broadcastJoins() {
    return TYPES.stream()
        .flatMap(type -> Stream.of("true", "false").map(on -> Arguments.of(type, on)));
  }

  @ParameterizedTest
  @MethodSource("broadcastJoins")
  void broadcast(String type, String adaptive) {
    String hint = type.equals("RIGHT OUTER") ? "l" : "r";
    String join = "SELECT /*+ BROADCAST(%s) */ %s FROM l %s JOIN r ON l.i = r.i %s";
    assertSameWith(adaptive(adaptive), String.format(join, hint, columns(type), type, ""));
    assertSameWith(
        adaptive(adaptive), String.format(join, hint, columns(type), type, "AND l.id < r.id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"i", "g", "h", "b", "s", "d7", "d15", "d30", "t", "ts", "f", "o"})
  void broadcastByKeysOfEveryType(String key) {
    String sql =
        "SELECT /*+ BROADCAST(r) */ l.%1$s, count(*), sum(r.id), min(l.id) FROM l JOIN r"
            + " ON l.%1$s = r.%1$s GROUP BY l.%1$s";
    assertSame(String.format(sql, key));
  }

  static Stream<Arguments> shuffledJoins() {
    return Stream.concat(TYPES.stream(), Stream.of("FULL OUTER"))
        .flatMap(type -> Stream.of("MERGE", "SHUFFLE_HASH").map(hint -> Arguments.of(type, hint)));
  }

  @ParameterizedTest
  @MethodSource("shuffledJoins")
  void shuffled(String type, String hint) {
    String sql = "SELECT /*+ %s(r) */ %s FROM l %s JOIN r ON l.i = r.i AND l.id < r.id";
    String query = String.format(sql, hint, columns(type), type);
    assertSame(query);
    assertSameWith(adaptive("false"), query);
  }

  /** A pair of equal keys may fail the condition, which is then a filter's. */
  @ParameterizedTest
  @ValueSource(strings = {"BROADCAST", "MERGE", "SHUFFLE_HASH"})
  void conditionsOfPairsMayFail(String hint) {
    String sql = "SELECT /*+ " + hint + "(r) */ l.id, r.id, r.s FROM l JOIN r ON l.i = r.i AND ";
    assertSame(sql + "l.id / (r.d7 + 1) > 2.5 AND l.id < r.id");
    assertSame(sql + "if(r.d7 > 0, l.d15 / r.d7 > 1, l.o)");
    assertSame("SELECT sum(id) FROM (" + sql.replace("r.id, r.s", "r.s") + "l.h + r.h > 50)");
    SessionTest.assertSameError(sql + "l.id / r.d7 > 2.5");
    assertSameWithFallback(sql.replace("JOIN", "LEFT JOIN") + "l.id / (r.d7 + 1) > 2.5");
  }

  @Test
  void shuffledByStringsAndDecimals() {
    assertSame(
        "SELECT /*+ MERGE(r) */ l.s, l.d30, count(*), sum(r.id) FROM l JOIN r"
            + " ON l.s = r.s AND l.d30 = r.d30 GROUP BY l.s, l.d30");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INNER", "LEFT OUTER", "LEFT SEMI", "LEFT ANTI"})
  void withoutEquality(String type) {
    String sql =
        "SELECT /*+ BROADCAST(r) */ %s FROM l %s JOIN r ON l.id < r.id AND l.b > r.b"
            + " WHERE l.id > 1100";
    assertSame(String.format(sql, columns(type), type));
  }

  /** Without a broadcast Spark plans a product of all pairs of partitions. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void products(String adaptive) {
    Map<String, String> settings = new LinkedHashMap<>(adaptive(adaptive));
    settings.put("spark.sql.autoBroadcastJoinThreshold", "-1");
    settings.put("spark.sql.adaptive.autoBroadcastJoinThreshold", "-1");
    String few = "(SELECT * FROM r WHERE id < 9) r";
    assertSameWith(settings, "SELECT l.id, r.s FROM l CROSS JOIN " + few + " WHERE l.id < 300");
    assertSameWith(settings, "SELECT r.id, l.s FROM " + few + " JOIN l ON l.id < r.id");
    assertSameWith(settings, "SELECT l.id, none.id FROM l CROSS JOIN none");
    assertThat(
            KronosSession.with(
                settings, () -> KronosSession.kronosNodes("SELECT l.id FROM l CROSS JOIN " + few)))
        .contains("KronosNestedLoopJoin", "KronosBroadcastExchange");
  }

  @Test
  void orderIsKeptWhereItCounts() {
    String merged = "SELECT /*+ MERGE(r) */ l.i, l.id FROM l JOIN r ON l.i = r.i";
    assertThat(falls(merged + " SORT BY l.i")).isLessThan(3);
    assertSameWithFallback(
        "SELECT i, id, row_number() OVER (PARTITION BY i ORDER BY id, rid) FROM"
            + " (SELECT /*+ MERGE(r) */ l.i, l.id, r.id AS rid FROM l JOIN r ON l.i = r.i)");
  }

  /** Counts how often the first column falls from one row to the next, at most once a partition. */
  private static int falls(String sql) {
    List<Row> rows = KronosSession.spark().sql(sql).collectAsList();
    int falls = 0;
    for (int i = 1; i < rows.size(); i++) {
      falls += rows.get(i).getInt(0) < rows.get(i - 1).getInt(0) ? 1 : 0;
    }
    return falls;
  }

  @Test
  void keysAndFilters() {
    assertSame(
        "SELECT /*+ BROADCAST(r) */ l.id + r.id, l.s FROM l JOIN r ON l.i + 1 = r.i AND l.s = r.s"
            + " WHERE l.id % 2 = 1 AND r.d15 > 3");
    assertSame(
        "SELECT /*+ BROADCAST(r) */ l.id, r.id FROM l LEFT JOIN r ON l.g <=> r.g WHERE l.id < 200");
  }

  @Test
  void emptySides() {
    assertSame("SELECT /*+ BROADCAST(none) */ l.id FROM l LEFT JOIN none ON l.i = none.i");
    assertSame("SELECT /*+ BROADCAST(l) */ l.id FROM none JOIN l ON l.i = none.i");
  }

  @Test
  void subqueries() {
    assertSame("SELECT id FROM l WHERE i IN (SELECT i FROM r WHERE id < 90) OR id < 5");
    assertSame("SELECT id FROM l WHERE EXISTS (SELECT 1 FROM r WHERE r.g = l.g AND r.id > l.id)");
    assertSame("SELECT id FROM l WHERE b NOT IN (SELECT b FROM r WHERE id < 30)");
    assertSame("SELECT id FROM l WHERE i NOT IN (SELECT i FROM r)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void exchangesAreReused(String adaptive) {
    assertSameWith(
        adaptive(adaptive),
        "WITH x AS (SELECT i, max(id) AS m FROM r GROUP BY i)"
            + " SELECT /*+ BROADCAST(x), BROADCAST(y) */ l.id, x.m, y.m FROM l"
            + " JOIN x ON l.i = x.i JOIN x AS y ON l.g = y.i");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void prunedPartitions(String adaptive) {
    String path = folder.resolve("parted-" + adaptive).toString();
    KronosSession.under(
        Map.of("spark.kronos.sql.enabled", "false"),
        () ->
            KronosSession.spark()
                .sql("SELECT id, id % 5 AS p FROM range(500)")
                .write()
                .partitionBy("p")
                .parquet(path));
    KronosSession.spark().read().parquet(path).createOrReplaceTempView("parted");
    Map<String, String> settings = new LinkedHashMap<>(adaptive(adaptive));
    settings.put("spark.sql.optimizer.dynamicPartitionPruning.reuseBroadcastOnly", "false");
    String sql =
        "SELECT /*+ BROADCAST(r) */ parted.id, r.s FROM parted JOIN r ON p = r.id WHERE r.d7 = 41";
    assertSameWith(settings, sql);
  }

  @Test
  void joinsRunOnTheDevice() {
    String sql = "SELECT /*+ BROADCAST(r) */ l.id FROM l JOIN r ON l.i = r.i";
    assertThat(KronosSession.kronosNodes(sql))
        .contains("KronosBroadcastHashJoin", "KronosBroadcastExchange");
  }

  /** Nodes of Spark's that stay on the CPU ask a join below them on the executor what it gives. */
  @Test
  void nodesOfSparkAboveAJoinKnowItsColumns() {
    assertSameWithFallback(
        "SELECT i, h FROM l EXCEPT ALL SELECT i, h FROM r"
            + " UNION ALL SELECT i, h FROM l EXCEPT SELECT i, h FROM r");
  }
}
