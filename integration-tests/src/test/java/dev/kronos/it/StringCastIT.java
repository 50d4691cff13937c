// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares plain Spark and Kronos for casts from strings and to strings. */
class StringCastIT extends SessionTest {
  private static final String TEXTS =
      "'1', ' 12 ', '-7', '+7', '1.5', '-.9', '.', '+', '', ' ', 'true', 'T', 'yEs', 'no', '0',"
          + " '127', '128', '-129', '-32768', '32768', '2147483648', '9223372036854775807',"
          + " '-9223372036854775808', '9223372036854775808', '\\t42\\n', '1e3', 'abc', '１',"
          + " '00000000000000000000012', '1.5x', null";
  private static final String NUMBERS =
      "'1', ' 1.5 ', '-0', '+.5', '7.', '.', '', 'e', '1e', '1e3', '1E-3', '1e400', '1e-400',"
          + " '0e38', '0e37', '1f', '2.5D', '1L', 'NaN', '-NaN', '+nan', 'nan', 'inf', '-INF',"
          + " '+Infinity', 'infinit', '0x1.8p3', '0x', '１２.５', '1\u007f', '1 2', 'abc', '99.995',"
          + " '99.994999999999999999999', '12345678901234567890123456789012345678.5',"
          + " '99999999999999999999999999999999999999.5', '1.7976931348623158e308', '4.9e-324',"
          + " '2.4703282292062327e-324', '2.4703282292062328e-324', '9007199254740993',"
          + " '4503599627370497.5', '16777217', '1.00000005960464477539062500000000000000001',"
          + " '0.1', '1e23', '-7e-46', '123456789.987654321', null";
  private static final String DATES =
      "'2024', '2024-2', '2024-02-29', '2023-02-29', ' 2024-1-9 ', '2024-01-09T', '2024-01-09 x y',"
          + " '2024-01-09x', '2024-13-01', '2024-0-1', '2024-01-', '2024-', '-2024-01-01',"
          + " '+12024-01-01', '--2024', '202', '0202', '0000-01-01', '12345678', '5881580-07-11',"
          + " '5881580-07-12', '-5877641-06-23', '-5877641-06-22', '2024 01', '2024T',"
          + " '2024-01-01-1', '', ' ', '-', '1９24', '\t2024-07-04\n"
          + "', '2024-007-1', '2024-1-001', '9999999-1-1', null";
  private static final String VALUES =
      "(true, -128, 9223372036854775807, -1.50, date'0001-01-01'),"
          + " (false, 127, -9223372036854775808, 0.07, date'9999-12-31'),"
          + " (null, null, null, null, null), (true, 0, 10, -99999999999.99, date'12026-01-31'),"
          + " (false, 100, -1, 0, date'-0044-03-15')";

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    write("texts", "SELECT a FROM VALUES (" + TEXTS.replace(", ", "), (") + ") AS t(a)");
    write("numbers", "SELECT a FROM VALUES (" + NUMBERS.replace(", ", "), (") + ") AS t(a)");
    write("dates", "SELECT a FROM VALUES (" + DATES.replace(", ", "), (") + ") AS t(a)");
    write(
        "printed",
        "SELECT cast(a AS boolean) AS a, cast(b AS tinyint) AS b, cast(c AS bigint) AS c,"
            + " cast(d AS decimal(13,2)) AS d, cast(d AS decimal(30,6)) AS w, cast(e AS date) AS e"
            + " FROM VALUES "
            + VALUES
            + " AS t(a, b, c, d, e)");
  }

  private static void write(String name, String sql) {
    KronosSession.write(folder, name, sql, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tinyint", "smallint", "int", "bigint", "boolean"})
  void readsLikeSpark(String type) {
    assertSame("SELECT a, try_cast(a AS " + type + ") AS r FROM texts");
    KronosSession.under(
        Map.of("spark.sql.ansi.enabled", "false"),
        () -> assertSame("SELECT a, cast(a AS " + type + ") AS r FROM texts"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "float",
        "double",
        "decimal(4,2)",
        "decimal(18,6)",
        "decimal(38,0)",
        "decimal(38,38)"
      })
  void readsNumbersLikeSpark(String type) {
    assertSame("SELECT a, try_cast(a AS " + type + ") AS r FROM numbers");
    assertSame("SELECT cast(a AS " + type + ") AS r FROM numbers WHERE a IN ('0.1', '-0')");
    assertSameError("SELECT cast(a AS " + type + ") AS r FROM numbers WHERE a = 'abc'");
    KronosSession.under(
        Map.of("spark.sql.ansi.enabled", "false"),
        () -> assertSame("SELECT a, cast(a AS " + type + ") AS r FROM numbers"));
  }

  @Test
  void refusesDecimalsLikeSpark() {
    assertSameError("SELECT cast(a AS decimal(4,2)) AS r FROM numbers WHERE a LIKE '1234567%'");
    assertSameError("SELECT cast(a AS decimal(38,0)) AS r FROM numbers WHERE a = '1e400'");
  }

  @Test
  void readsDatesLikeSpark() {
    assertSame("SELECT a, unix_date(try_cast(a AS date)) AS r FROM dates");
    assertSame("SELECT try_cast(a AS date) AS r FROM texts");
    assertSame("SELECT CASE WHEN a LIKE '2024-%9' THEN cast(a AS date) END AS r FROM dates");
    assertSameError("SELECT cast(a AS date) AS r FROM dates WHERE a LIKE '2023%'");
    KronosSession.under(
        Map.of("spark.sql.ansi.enabled", "false"),
        () -> assertSame("SELECT a, unix_date(to_date(a)) AS r FROM dates"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"int", "bigint", "boolean"})
  void failsLikeSpark(String type) {
    assertSame("SELECT cast(a AS " + type + ") AS r FROM texts WHERE a IN ('1', '0', 'x')");
    assertSameError("SELECT cast(a AS " + type + ") AS r FROM texts WHERE a LIKE '1.5%'");
    assertSame("SELECT CASE WHEN a IN ('1', '0') THEN cast(a AS " + type + ") END AS r FROM texts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c", "d", "w", "e"})
  void writesLikeSpark(String column) {
    assertSame("SELECT cast(" + column + " AS string) AS r FROM printed");
  }

  @Test
  void writesDecimalsWithExponentsLikeSpark() {
    String sql =
        "SELECT CAST1(cast(d * 0.00001 AS decimal(30,12)) AS string) AS a,"
            + " CAST1(cast(d * 0.000000001 AS decimal(38,20)) AS string) AS b FROM printed";
    assertSame(sql.replace("CAST1", "try_cast"));
    assertSame(sql.replace("CAST1", "cast"));
    KronosSession.under(
        Map.of("spark.sql.ansi.enabled", "false"), () -> assertSame(sql.replace("CAST1", "cast")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT b || '/' || d AS r FROM printed WHERE cast(c AS string) LIKE '%0%'",
        "SELECT cast(e AS string) AS g, count(*) FROM printed GROUP BY 1"
      })
  void usesWhatItWrites(String sql) {
    assertSame(sql);
  }
}
