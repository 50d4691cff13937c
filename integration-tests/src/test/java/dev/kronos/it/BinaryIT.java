// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares columns of bytes, most of them no characters, with plain Spark in every operator. */
class BinaryIT extends SessionTest {
  private static final int AT_ONCE = 6;

  private static final List<String> FUNCTIONS =
      List.of(
          "a < X'80'",
          "a IN (X'', X'00', X'FF', c)",
          "a IN (X'01', X'02', X'03', X'04', X'05', X'06', X'07', X'08', X'09', X'0A', X'0B', X'FF')",
          "CASE WHEN a IS NULL THEN c WHEN a > c THEN a END",
          "nullif(a, c)",
          "greatest(a, c)",
          "least(a, c, X'80')",
          "cast(a AS string)",
          "cast(cast(a AS string) AS binary)",
          "cast(n AS binary) = c",
          "length(a)",
          "octet_length(a)",
          "bit_length(a)",
          "a || c",
          "concat(a, X'00', c, a)",
          "substring(a, 2)",
          "substring(a, n % 7 - 3, n % 4)",
          "substring(a, n - 40, 2)",
          "substring(a, -2147483648, 1)",
          "substring(a, -2147483647, 2147483647)",
          "left(a, 2)",
          "hex(a)",
          "unhex(hex(a)) = a",
          "base64(a)",
          "unbase64(base64(a))",
          "md5(a)",
          "sha1(a)",
          "sha2(a, 512)",
          "crc32(a)",
          "hash(a, n)",
          "xxhash64(a, c)",
          "isnull(a)",
          "lpad(a, 4)",
          "rpad(a, 7, X'00FF01')",
          "lpad(a, 9, c)",
          "rpad(a, 0, c)",
          "lpad(c, 1, X'')",
          "decode(if(a < X'80', a, X'C3A4E282ACF09F9880'), 'UTF-8')",
          "decode(lpad(if(a < X'80', a, X'0061'), 3, X'7F'), 'us-ascii')");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    String rows =
        "SELECT *, unhex(hex(n * 7919 %% 300)) AS c FROM (SELECT a, cast(n AS int) AS n FROM VALUES"
            + " (X''), (X'00'), (X'0000'), (X'61'), (X'7F'), (X'80'), (X'FF'), (X'FFFE8000C3'),"
            + " (X'C3A4E282AC'), (X'80818283848586878889'), (null) AS v(a)"
            + " CROSS JOIN (SELECT id AS n FROM range(%d)))";
    KronosSession.write(folder, "bytes", rows.formatted(70), 2);
    KronosSession.write(folder, "more", rows.formatted(9), 1);
  }

  static List<List<String>> functions() {
    return inParts(FUNCTIONS, AT_ONCE);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void projectsLikeSpark(List<String> functions) {
    String sql = "SELECT a, n, c, %s FROM bytes".formatted(String.join(", ", functions));
    KronosSession.under(Map.of("spark.sql.ansi.enabled", "false"), () -> assertSame(sql));
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf-8", "US-ASCII"})
  void failsLikeSparkWhereNoTextIsRead(String charset) {
    assertSameError("SELECT decode(a, '%s') FROM bytes".formatted(charset));
    assertSameError("SELECT decode(concat(c, X'C3A4'), '%s') FROM bytes".formatted(charset));
  }

  @Test
  void readsWhatIsMalformedAsReplacementsWhereSparkDoes() {
    KronosSession.under(
        Map.of("spark.sql.legacy.codingErrorAction", "true"),
        () -> {
          assertSame("SELECT n, decode(a, 'utf-8'), decode(c, 'UTF-8') FROM bytes");
          assertSameWithFallback("SELECT n, decode(a, 'us-ascii') FROM bytes");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"decode(a, 'iso-8859-1')", "encode(cast(n AS string), 'UTF-16')", "lpad(a, n, c)"})
  void staysWithSpark(String function) {
    assertSameWithFallback("SELECT n, %s FROM bytes".formatted(function));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, c FROM bytes WHERE a > c AND a <> X'FF'",
        "SELECT a, count(*), min(c), max(c), sum(n) FROM bytes GROUP BY a",
        "SELECT n % 3, min(a), max(a), count(a), count(DISTINCT a) FROM bytes GROUP BY 1",
        "SELECT min(a), max(c), count(DISTINCT a, c) FROM bytes",
        "SELECT DISTINCT c FROM bytes",
        "SELECT g, first(a), last(c) FROM (SELECT a, c, length(a) AS g FROM more WHERE n = 3)"
            + " GROUP BY g, a, c",
        "SELECT a, c, n FROM bytes ORDER BY a DESC, c, n",
        "SELECT a, n FROM bytes ORDER BY a NULLS LAST, n LIMIT 40",
        "SELECT l.a, l.n, r.c FROM bytes l JOIN more r ON l.a = r.a AND l.n = r.n",
        "SELECT l.a, r.n FROM bytes l LEFT JOIN more r ON l.c = r.c AND l.a > r.a",
        "SELECT a, n FROM bytes l WHERE c NOT IN (SELECT c FROM more WHERE a > X'70')",
        "SELECT a FROM bytes WHERE n < 9 UNION ALL SELECT c FROM more",
        "SELECT /*+ REPARTITION(5, c) */ a, c FROM bytes WHERE n > 3",
        "SELECT /*+ REPARTITION_BY_RANGE(4, a, n) */ a, n FROM bytes WHERE n > 3",
        "SELECT /*+ REPARTITION(3) */ a, c FROM bytes WHERE n > 3",
        "SELECT a, n, rank() OVER (PARTITION BY c ORDER BY a), lag(a) OVER (PARTITION BY c ORDER BY"
            + " a, n), max(a) OVER (PARTITION BY c) FROM bytes",
        "SELECT n, a FROM bytes WHERE a = (SELECT max(a) FROM more WHERE a < X'90')",
        "SELECT a, c, count(*) FROM bytes GROUP BY CUBE (a, c)"
      })
  void answersLikeSpark(String sql) {
    assertSame(sql);
    KronosSession.under(
        Map.of("spark.sql.autoBroadcastJoinThreshold", "-1"), () -> assertSame(sql));
  }

  /** Rows of Spark's go to the device, and its rows to Spark. */
  @Test
  void bytesComeFromRowsAndGoToRows() {
    assertSameWithFallback(
        "SELECT a, b, hex(b) FROM (SELECT explode(array(X'', X'00FF', null, a)) AS b, a FROM more)"
            + " WHERE b IS NULL OR b < X'90'");
    assertSameWithFallback(
        "SELECT a, array_join(transform(sort_array(collect_list(c)), x -> hex(x)), ',') FROM bytes"
            + " WHERE n < 20 AND a > X'00' GROUP BY a");
  }

  @Test
  void bytesArePartitionValues() {
    String path = folder.resolve("parted").toString();
    KronosSession.spark()
        .sql("SELECT n, cast(hex(a) AS binary) AS p FROM more WHERE length(a) > 0")
        .write()
        .partitionBy("p")
        .parquet(path);
    KronosSession.spark().sql("DROP TABLE IF EXISTS parted");
    KronosSession.spark()
        .sql(
            "CREATE TABLE parted (n INT, p BINARY) USING parquet PARTITIONED BY (p) LOCATION '"
                + path
                + "'");
    KronosSession.spark().sql("MSCK REPAIR TABLE parted");
    assertSame("SELECT n, p, length(p) FROM parted WHERE n > 2");
    KronosSession.spark().sql("DROP TABLE parted");
  }
}
