// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares plain Spark and Kronos in what goes through the text of floating point numbers. */
class FloatTextIT extends SessionTest {
  private static final long SEED = 20_261_128;
  private static final int RANDOM_ROWS = 300;
  private static final String EDGES =
      "0.0 -0.0 1.0 -1.5 0.1 0.001 9.999E-4 9999999.0 1.0E7 123456.789 2.0E23 1.0E23 8.41E21"
          + " 9.88E-324 4.9E-324 2.2250738585072014E-308 1.7976931348623157E308 NaN Infinity"
          + " -Infinity 9.007199254740993E15 9.223372036854775807E18 2.82879384806159E17 1.005 2.5"
          + " 0.5 -0.5 99.995 -99.995 3.3554432E7 1.0E10 1.0E-5 1.4E-45 3.4028235E38";

  @TempDir static Path folder;

  @BeforeAll
  static void writeTable() {
    SplittableRandom random = new SplittableRandom(SEED);
    Stream<Double> numbers =
        Stream.iterate(0, i -> i < RANDOM_ROWS, i -> i + 1)
            .map(
                i ->
                    i % 2 == 0
                        ? Double.longBitsToDouble(random.nextLong())
                        : random.nextInt(-1_000_000, 1_000_000) / 1000.0);
    String rows =
        Stream.concat(Stream.of(EDGES.split(" ")), numbers.map(d -> Double.toString(d)))
            .map(number -> "('" + number + "')")
            .collect(Collectors.joining(", "));
    KronosSession.write(
        folder,
        "reals",
        "SELECT cast(v AS double) AS d, cast(v AS float) AS f, cast(if(abs(cast(v AS double)) < 1e6,"
            + " v, null) AS decimal(9,3)) AS m, pmod(hash(v), 5) AS k FROM VALUES "
            + rows
            + ", (null) AS t(v)",
        1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d, cast(d AS string) AS r",
        "f, cast(f AS string) AS r",
        "concat(d, '|', f) AS r, d || f AS s",
        "length(cast(d AS string)) AS r, lpad(f, 20, '*') AS s",
        "d, try_cast(d AS decimal(9,2)) AS r, try_cast(d AS decimal(38,20)) AS s",
        "d, try_cast(d AS decimal(38,0)) AS r, try_cast(d AS decimal(18,17)) AS s",
        "f, try_cast(f AS decimal(9,2)) AS r, try_cast(f AS decimal(38,20)) AS s"
      })
  void projectsLikeSpark(String columns) {
    assertSame("SELECT " + columns + " FROM reals");
    KronosSession.under(
        Map.of("spark.sql.ansi.enabled", "false"),
        () -> assertSame("SELECT " + columns.replace("try_cast", "cast") + " FROM reals"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 0, -3, 12, 320, -300})
  void roundsLikeSpark(int places) {
    assertSame(
        "SELECT d, f, round(d, P) AS a, bround(d, P) AS b, round(f, P) AS c, bround(f, P) AS e"
                .replace("P", Integer.toString(places))
            + " FROM reals");
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "f"})
  void castsToDecimalsLikeSparkUnderAnsi(String column) {
    String sql = "SELECT cast(%s AS decimal(12,4)) AS r FROM reals WHERE %s";
    assertSame(sql.formatted(column, "abs(d) < 1e7"));
    assertSame(sql.formatted(column, "isnan(d) OR d IN (double('Infinity'), double('-Infinity'))"));
    assertSameError(sql.formatted(column, "d = 1e10"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, avg(m) AS a FROM reals GROUP BY k",
        "SELECT avg(m) AS a, avg(cast(m AS decimal(11,4))) AS b FROM reals",
        "SELECT cast(d AS string) AS g, count(*) AS n FROM reals GROUP BY 1",
        "SELECT d FROM reals WHERE cast(d AS string) LIKE '%E%' AND cast(f AS string) > '1'",
        "SELECT ceil(m * 1.5D, 2) AS r, floor(m * 1.5D, 2) AS s FROM reals"
      })
  void usesWhatItWrites(String sql) {
    assertSame(sql);
    KronosSession.under(Map.of("spark.sql.ansi.enabled", "false"), () -> assertSame(sql));
  }
}
