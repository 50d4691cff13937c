// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares plain Spark and Kronos for each type and operation, over every pair of edge values. */
class TypeMatrixIT extends SessionTest {
  private static final List<String> ARITHMETIC =
      List.of("a + b", "a - b", "a * b", "a / b", "a % b", "-a", "abs(a)");

  private static final List<String> ROUNDED = List.of("-a", "abs(a)");

  /** A kernel computes so many expressions; each kernel costs a compilation besides. */
  private static final int AT_ONCE = 10;

  private static final List<String> COMPARISON =
      List.of("a = b", "a <> b", "a < b", "a <= b", "a > b", "a >= b", "a <=> b", "a IN (b)");

  private static final List<String> NULLS =
      List.of(
          "a IS NULL",
          "b IS NOT NULL",
          "coalesce(a, b)",
          "CASE WHEN a IS NULL THEN b ELSE a END",
          "if(a = b, a, b)");

  private static final String WIDEST = "decimal(38,10)";

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    for (TypeTable type : TypeTable.ALL) {
      KronosSession.under(
          Map.of("spark.sql.ansi.enabled", "false"),
          () -> KronosSession.write(folder, type.table(), type.pairs(), 1));
    }
  }

  static Stream<Arguments> expressions() {
    return TypeTable.ALL.stream()
        .flatMap(
            type ->
                inParts(expressionsOf(type), AT_ONCE).stream()
                    .map(expressions -> Arguments.of(type, expressions)));
  }

  private static List<String> expressionsOf(TypeTable type) {
    return Stream.of(type.numeric() ? ARITHMETIC : List.<String>of(), COMPARISON, NULLS)
        .flatMap(List::stream)
        .filter(expression -> !type.name().equals(WIDEST) || !ROUNDED.contains(expression))
        .toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("expressions")
  void projectsLikeSpark(TypeTable type, List<String> expressions) {
    nonAnsi(() -> assertSameColumns("SELECT a, b, %s FROM " + type.table(), expressions));
  }

  /** Spark rounds the negative of a decimal to 34 digits and may fail over it, in any mode. */
  @ParameterizedTest
  @FieldSource("ROUNDED")
  void failsLikeSpark(String expression) {
    String sql = "SELECT a, b, %s FROM pairs_decimal_38_10".formatted(expression);
    nonAnsi(() -> assertSameError(sql));
  }

  static Stream<TypeTable> types() {
    return TypeTable.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void filtersLikeSpark(TypeTable type) {
    assertSame("SELECT a, b, k FROM %s WHERE a < b OR a IS NULL".formatted(type.table()));
    assertSame("SELECT k, b FROM %s WHERE NOT (a >= b) AND b IS NOT NULL".formatted(type.table()));
  }

  @ParameterizedTest
  @MethodSource("types")
  void groupsByTheType(TypeTable type) {
    nonAnsi(
        () ->
            assertSame("SELECT a, count(*), count(b) FROM %s GROUP BY a".formatted(type.table())));
  }

  @ParameterizedTest
  @MethodSource("types")
  void countsAndFindsExtremes(TypeTable type) {
    String functions =
        type.name().equals("string") ? "count(a), count(*)" : "count(a), count(*), min(a), max(b)";
    assertSame("SELECT %s FROM %s".formatted(functions, type.table()));
    assertSame("SELECT k, %s FROM %s GROUP BY k".formatted(functions, type.table()));
    assertSame(
        "SELECT %s FROM %s WHERE a IS NULL AND a IS NOT NULL".formatted(functions, type.table()));
  }

  static Stream<TypeTable> numericTypes() {
    return types().filter(TypeTable::numeric);
  }

  @ParameterizedTest
  @MethodSource("numericTypes")
  void sumsAndAverages(TypeTable type) {
    String moderate = type.table() + moderate(type);
    String sums = "sum(a), sum(b), avg(a), avg(b)";
    nonAnsi(() -> assertSame("SELECT sum(a) FROM " + moderate));
    nonAnsi(() -> assertSame("SELECT k, %s FROM %s GROUP BY k".formatted(sums, moderate)));
    assertSame("SELECT %s FROM %s WHERE a IS NULL AND b IS NULL".formatted(sums, type.table()));
  }

  /**
   * Leaves out values whose running sum overflows or cancels: there Spark's answer depends on the
   * order of rows, and Kronos gives the exact one (see docs/compatibility.md).
   */
  private static String moderate(TypeTable type) {
    return switch (type.name()) {
      case "bigint" -> " WHERE abs(a % 10000000000) = abs(a) AND abs(b % 10000000000) = abs(b)";
      case WIDEST -> " WHERE a >= 0 AND b <= 0 AND a < 2 AND b > -2";
      default -> "";
    };
  }

  @ParameterizedTest
  @MethodSource("numericTypes")
  void castsToEveryNumericType(TypeTable type) {
    List<String> casts =
        numericTypes().map(target -> "cast(a AS %s)".formatted(target.name())).toList();
    nonAnsi(() -> assertSameColumns("SELECT a, %s FROM " + type.table(), casts));
  }

  private static void nonAnsi(Runnable body) {
    KronosSession.under(Map.of("spark.sql.ansi.enabled", "false"), body);
  }
}
