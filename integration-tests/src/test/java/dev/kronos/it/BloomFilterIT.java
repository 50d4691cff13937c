// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.aggregate.BloomFilterAggregate;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps rows out of joins by Bloom filters, and compares the filters with Spark's, to the byte. */
class BloomFilterIT extends SessionTest {
  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    KronosSession.write(folder, "facts", "SELECT id, " + KEYS + " FROM range(1500)", 3);
    KronosSession.write(folder, "parts", "SELECT id, " + KEYS + " FROM range(400)", 3);
    session()
        .sessionState()
        .functionRegistry()
        .createOrReplaceTempFunction(
            "kronos_bloom",
            arguments ->
                new BloomFilterAggregate(
                    arguments.apply(0), arguments.apply(1), arguments.apply(2)),
            "scala_udf");
  }

  private static final String KEYS =
      "if(id % 11 = 0, null, cast(id % 97 AS int)) AS i,"
          + " if(id % 13 = 0, null, id * 7919 - 400) AS g,"
          + " if(id % 7 = 0, null, concat('k', id % 83)) AS s,"
          + " cast(id % 53 AS decimal(7,2)) AS d7,"
          + " if(id % 17 = 0, null, cast(id % 67 AS decimal(30,4))) AS d30";

  private static SparkSession session() {
    return (SparkSession) KronosSession.spark();
  }

  private static Map<String, String> filtering(String adaptive) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.adaptive.enabled", adaptive);
    settings.put("spark.sql.autoBroadcastJoinThreshold", "-1");
    settings.put("spark.sql.optimizer.runtime.bloomFilter.enabled", "true");
    settings.put("spark.sql.optimizer.runtime.bloomFilter.applicationSideScanSizeThreshold", "0");
    return settings;
  }

  /** Joins by several keys; all that is planned, subqueries with it, has to be on the device. */
  private static void assertFiltered(Map<String, String> settings, String where) {
    assertFiltered(settings, where, "KronosFilter .*might_contain");
  }

  private static void assertFiltered(Map<String, String> settings, String where, String planned) {
    for (String key : List.of("i", "s", "d30")) {
      String sql =
          "SELECT facts.id, parts.id AS o FROM facts JOIN parts ON facts.%1$s = parts.%1$s %2$s"
              .formatted(key, where);
      KronosSession.under(settings, () -> assertSame(sql));
      String plan = KronosSession.with(settings, () -> KronosSession.planOf(sql).toString());
      assertThat(plan).containsPattern(planned);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void plansWithRuntimeFiltersAreWhollyOnTheDevice(String adaptive) {
    assertFiltered(filtering(adaptive), "WHERE parts.d7 = 41");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void filtersOfOtherSizes(String adaptive) {
    Map<String, String> settings = filtering(adaptive);
    settings.put("spark.sql.optimizer.runtime.bloomFilter.expectedNumItems", "100");
    settings.put("spark.sql.optimizer.runtime.bloomFilter.numBits", "777");
    assertFiltered(settings, "WHERE parts.d7 = 41");
    settings.put("spark.sql.optimizer.runtime.bloomFilter.numBits", "64");
    settings.put("spark.sql.optimizer.runtime.bloomFilter.maxNumItems", "3");
    assertFiltered(settings, "WHERE parts.d7 = 41");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void filtersOfNothing(String adaptive) {
    // Adaptive execution drops a join of nothing.
    String planned = adaptive.equals("true") ? "EmptyRelation" : "KronosFilter .*might_contain";
    assertFiltered(filtering(adaptive), "WHERE parts.d7 = 4100", planned);
  }

  private static byte[] filter(String sql) {
    List<Row> rows = KronosSession.spark().sql(sql).collectAsList();
    assertThat(rows).hasSize(1);
    return (byte[]) rows.get(0).get(0);
  }

  private static byte[] onCpu(String sql) {
    return KronosSession.with(Map.of("spark.kronos.sql.enabled", "false"), () -> filter(sql));
  }

  private static byte[] onDevice(String sql) {
    return KronosSession.with(Map.of("spark.kronos.sql.strict", "true"), () -> filter(sql));
  }

  private static void assertSameBytes(String sql) {
    assertThat(onDevice(sql)).as(sql).isEqualTo(onCpu(sql));
  }

  /** The last is Spark's own default, which is a megabyte. */
  @ParameterizedTest
  @CsvSource({"1, 1", "10, 64", "3, 65", "1000, 8000", "50000, 100000", "1000000, 8388608"})
  void bytesAreSparks(long items, long bits) {
    String sizes = items + "L, " + bits + "L)";
    assertSameBytes("SELECT kronos_bloom(g, " + sizes + " FROM facts");
    assertSameBytes("SELECT kronos_bloom(xxhash64(s), " + sizes + " AS f FROM facts");
    assertSameBytes("SELECT kronos_bloom(xxhash64(i, d30), " + sizes + " FROM facts WHERE id > 77");
    assertSameBytes("SELECT kronos_bloom(id, " + sizes + " FILTER (WHERE i > 5) FROM parts");
  }

  @Test
  void valuesAtTheEdges() {
    assertSameBytes(
        "SELECT kronos_bloom(a, 100L, 1000L) FROM VALUES 0L, -1L, 1L, NULL, 4294967296L,"
            + " 9223372036854775807L, -9223372036854775808L AS t(a)");
  }

  @Test
  void nothingAndNothingButNullsGiveNull() {
    for (String where : List.of("id < 0", "g IS NULL")) {
      String sql = "SELECT kronos_bloom(g, 100L, 1000L) FROM facts WHERE " + where;
      assertThat(onCpu(sql)).isNull();
      assertThat(onDevice(sql)).isNull();
    }
  }

  @Test
  void otherFunctionsGoWithIt() {
    String sql = "SELECT kronos_bloom(g, 100L, 1000L), count(*), sum(id), max(s) FROM facts";
    Row expected =
        KronosSession.with(
            Map.of("spark.kronos.sql.enabled", "false"),
            () -> KronosSession.spark().sql(sql).collectAsList().get(0));
    Row actual =
        KronosSession.with(
            Map.of("spark.kronos.sql.strict", "true"),
            () -> KronosSession.spark().sql(sql).collectAsList().get(0));
    assertThat(actual.<byte[]>getAs(0)).isEqualTo(expected.<byte[]>getAs(0));
    assertThat(List.of(actual.get(1), actual.get(2), actual.get(3)))
        .isEqualTo(List.of(expected.get(1), expected.get(2), expected.get(3)));
  }

  /** Either half may be Spark's: what is not known on the device is below or above one of them. */
  @Test
  void eitherHalfMayStayOnTheCpu() {
    for (String argument :
        List.of(
            "xxhash64(regexp_replace(s, 'k', ''))", "length(regexp_replace(s, 'k', '')) + 0L")) {
      String below = "SELECT kronos_bloom(" + argument + ", 100L, 1000L) FROM facts";
      assertThat(filter(below)).as(below).isEqualTo(onCpu(below));
      assertThat(KronosSession.kronosNodes(below)).containsOnlyOnce("KronosHashAggregate");
    }
    String above =
        "SELECT cast(regexp_replace(hex(kronos_bloom(g, 100L, 1000L)), 'A', '') AS binary)"
            + " FROM facts";
    assertThat(filter(above)).isEqualTo(onCpu(above));
    assertThat(KronosSession.kronosNodes(above)).containsOnlyOnce("KronosHashAggregate");
  }

  @Test
  void aggregationBySortingTakesFiltersToo() {
    KronosSession.under(
        Map.of("spark.sql.execution.useObjectHashAggregateExec", "false"),
        () -> assertSameBytes("SELECT kronos_bloom(g, 100L, 1000L) FROM facts"));
  }

  @Test
  void filtersOfGroupsAndOfOtherTypesStayOnTheCpu() {
    assertThatThrownBy(
            () -> onDevice("SELECT i, kronos_bloom(g, 100L, 1000L) FROM facts GROUP BY i"))
        .hasStackTraceContaining("ObjectHashAggregate: Bloom filters of groups");
    assertThatThrownBy(() -> onDevice("SELECT kronos_bloom(i, 100L, 1000L) FROM facts"))
        .hasStackTraceContaining("operand type is not supported: BloomFilterAggregate of int");
    assertThatThrownBy(() -> onDevice("SELECT collect_list(i) FROM facts"))
        .hasStackTraceContaining("aggregation of objects is not supported");
    assertThatThrownBy(
            () -> onDevice("SELECT kronos_bloom(g, 100L, 1000L) OVER (ORDER BY id) FROM facts"))
        .hasStackTraceContaining("strict mode");
  }

  /** The bytes that the tests compare are filters at all. */
  @Test
  void whatIsComparedIsAFilter() {
    byte[] filter = onDevice("SELECT kronos_bloom(g, 1000L, 8000L) FROM facts");
    ByteBuffer fields = ByteBuffer.wrap(filter);
    int version = fields.getInt();
    assertThat(version).isBetween(1, 2);
    assertThat(fields.getInt(filter.length - 8000 / 8 - Integer.BYTES)).isEqualTo(8000 / 64);
  }
}
