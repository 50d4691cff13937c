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

/** Compares functions of codes, formats and names, and times moved by columns, with plain Spark. */
class CodeFunctionIT extends SessionTest {
  private static final int AT_ONCE = 6;

  /** What nothing fails in, in any mode. */
  private static final List<String> FUNCTIONS =
      List.of(
          "conv(a, 16, 10)",
          "conv(a, 10, -16)",
          "conv(substring(a, 1, 9), 36, -2)",
          "conv(a, n, 36)",
          "conv(concat('-', a), 36 - n % 3, n - 60)",
          "conv(l, 10, n % 40)",
          "base64(a)",
          "base64(repeat(a, n % 9))",
          "cast(unbase64(base64(a)) AS string)",
          "hex(unbase64(substring(base64(repeat(a, 9)), 1, n % 20 * 4)))",
          "cast(unhex(a) AS string)",
          "unhex(a)",
          "unbase64(base64(a))",
          "length(unhex(hex(a)))",
          "substring(unhex(hex(a)), n - 60, n % 5 - 1)",
          "hex(unhex(a))",
          "md5(unhex(hex(a)))",
          "sha2(unbase64('aGVs' || base64(a)), 256)",
          "cast(unhex(hex(a)) AS string) = a",
          "factorial(n % 25)",
          "factorial(n - 60)",
          "format_number(n, 0)",
          "format_number(l, 3)",
          "format_number(d, 2)",
          "format_number(d, 0)",
          "format_number(w, 9)",
          "format_number(cast(d % 1 AS decimal(3, 3)), 1)",
          "format_string('%s|%d%%', a, n)",
          "printf('%s-%s-%s', n, l, concat(a, a))",
          "elt(n % 2 + 1, a, l)",
          "mask(a)",
          "mask(concat(a, 'Abc ÄßǅǄ٣𝟘€😀 DEF', l), 'Q', null, '#')",
          "url_encode(a)",
          "encode(a, 'UTF-8')",
          "encode(if(a > 'a' OR a = '1é', 'z', a), 'US-ASCII')",
          "url_encode('a b/' || a || '?ü=%')",
          "dayname(t)",
          "monthname(t)",
          "convert_timezone('Europe/Paris', 'America/Los_Angeles', cast(z AS timestamp_ntz))",
          "timestampadd(HOUR, n, z)",
          "dateadd(DAY, n, z)",
          "dateadd(MONTH, -n, z)",
          "timestampadd(YEAR, n % 7, cast(z AS timestamp_ntz))",
          "timestampadd(MICROSECOND, l, z)",
          "CASE WHEN n > 50 THEN base64(a) ELSE format_number(n, 1) END");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTable() {
    KronosSession.write(
        folder,
        "codes",
        "SELECT a, n, if(n % 17 = 0, null, n * 1234567890123 * if(n % 2 = 0, -1, 1)) AS l,"
            + " cast((n - 60) / 1000.0 + if(n % 3 = 0, 98765, 0) AS decimal(12, 5)) AS d,"
            + " cast((n - 60) * 12345678901234567.000000125 AS decimal(30, 9)) AS w,"
            + " date_add(DATE'2023-11-20', n * 37) AS t, timestamp_seconds(1679000000 + n * 86399) AS"
            + " z FROM (SELECT *, cast(row_number() OVER (ORDER BY a, m) AS int) AS n FROM VALUES"
            + " (''), ('0'), ('-'), ('-0'), ('ff'), ('-7F'), (' 12 '), ('18446744073709551615'),"
            + " ('18446744073709551616'), ('-9223372036854775808'), ('FFFFFFFFFFFFFFFF'),"
            + " ('-zz9'), ('é1'), ('1é'), ('abc'), ('a1b'), ('9'), (cast(X'61FF80C3' AS string)),"
            + " (null) AS v(a) CROSS JOIN VALUES (1), (2), (3), (4), (5), (6) AS w(m))",
        1);
  }

  static List<List<String>> functions() {
    return inParts(FUNCTIONS, AT_ONCE);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void projectsLikeSpark(List<String> functions) {
    String sql = "SELECT a, n, %s FROM codes".formatted(String.join(", ", functions));
    String fits = " WHERE length(a) < 9 OR a IS NULL";
    KronosSession.under(Map.of("spark.sql.ansi.enabled", "false"), () -> assertSame(sql));
    KronosSession.under(
        Map.of("spark.sql.session.timeZone", "America/Los_Angeles"), () -> assertSame(sql + fits));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT unhex(a) AS g, count(*) FROM codes GROUP BY 1",
        "SELECT a FROM codes WHERE unhex(a) > unhex('0a') ORDER BY unhex(a), n",
        "SELECT count(unhex(a)), max(base64(a)), count(DISTINCT hex(unhex(a))) FROM codes"
      })
  void answersLikeSparkWhereverBytesStay(String sql) {
    assertSame(sql);
  }

  /** Spark fills up what it reads of a column of char(n). */
  @Test
  void readsColumnsOfFixedLength() {
    KronosSession.spark().sql("DROP TABLE IF EXISTS fixed");
    KronosSession.spark().sql("CREATE TABLE fixed (c CHAR(4), v VARCHAR(9)) USING parquet");
    KronosSession.spark()
        .sql(
            "INSERT INTO fixed VALUES ('a', 'a'), ('é', 'é'), ('abcd', 'x  '), (null, ''), ('', '')");
    assertSame("SELECT c, v, length(c), c || v AS t FROM fixed WHERE v < 'z'");
    assertSame("SELECT c, count(*) FROM fixed WHERE c = 'a' GROUP BY c");
    KronosSession.spark().sql("DROP TABLE fixed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(a, 16, 10)",
        "elt(n, a, a)",
        "encode(a, 'US-ASCII')",
        "timestampadd(YEAR, n * 100000, z)",
        "timestampadd(HOUR, n * 9000000000000000, z)"
      })
  void failsLikeSpark(String function) {
    assertSameError("SELECT %s FROM codes".formatted(function));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format_number(cast(n AS double), 2)",
        "format_number(n, '#,##0.0')",
        "format_string('%5d', n)",
        "mask(a, 'X', 'x', 'n', '*')",
        "to_binary(hex(a), 'hex')"
      })
  void staysWithSpark(String function) {
    assertSameWithFallback("SELECT a, %s AS r FROM codes".formatted(function));
  }
}
