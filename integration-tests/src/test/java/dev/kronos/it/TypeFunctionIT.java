// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares plain Spark and Kronos for functions of single types, over pairs of edge values. */
class TypeFunctionIT extends SessionTest {
  @TempDir static Path folder;

  private static Stream<TypeTable> types() {
    return TypeTable.ALL.stream().filter(type -> TypeFunctions.OF.containsKey(type.name()));
  }

  @BeforeAll
  static void writeTables() {
    types().forEach(TypeFunctionIT::writeTable);
  }

  private static void writeTable(TypeTable type) {
    KronosSession.under(
        Map.of("spark.sql.ansi.enabled", "false"),
        () -> KronosSession.write(folder, "functions_" + type, type.pairs(), 1));
  }

  static Stream<Arguments> functions() {
    return types()
        .flatMap(
            type -> TypeFunctions.OF.get(type.name()).stream().map(f -> Arguments.of(type, f)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("functions")
  void projectsLikeSpark(TypeTable type, String function) {
    assertSame("SELECT a, b, %s AS r FROM functions_%s".formatted(function, type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "substring(a, 1, 2)",
        "trim(b)",
        "length(a)",
        "a LIKE '%b%'",
        "upper(a)",
        "length(a || b)",
        "concat_ws('-', a, trim(b))"
      })
  void groupsByFunctionsOfStrings(String key) {
    assertSame(
        "SELECT %s AS g, count(*), count(b) FROM functions_string GROUP BY 1".formatted(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"year(a)", "last_day(b)"})
  void groupsByFunctionsOfDates(String key) {
    assertSame("SELECT %s AS g, count(*), count(b) FROM functions_date GROUP BY 1".formatted(key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a LIKE '%b%' AND b NOT LIKE 'a%'",
        "substring(b, 1, 1) IN ('a', 'b') OR length(a) > 3",
        "a <> b AND a > 'a'",
        "upper(a) = 'AB' OR reverse(b) < 'b'",
        "length(repeat(a, 20)) > 40 AND lower(b) LIKE '%a%'"
      })
  void filtersByStrings(String condition) {
    assertSame("SELECT a, trim(b) AS t FROM functions_string WHERE " + condition);
  }

  @Test
  void joinsByStringsThatAreMade() {
    assertSame(
        "SELECT l.a, upper(r.b) AS u FROM functions_string l JOIN functions_string r"
            + " ON upper(l.a) = upper(r.a) AND l.b = reverse(r.b)");
  }

  @Test
  void aggregatesStringsThatAreMade() {
    assertSame(
        "SELECT k, count(upper(a)), count(*), sum(length(a || b)) FROM functions_string"
            + " WHERE reverse(a) <> 'x' GROUP BY k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a RLIKE 'b+'", "split(a, 'b+')[0]", "a LIKE b"})
  void staysWithSpark(String condition) {
    assertSameWithFallback("SELECT a, %s AS r FROM functions_string".formatted(condition));
  }
}
