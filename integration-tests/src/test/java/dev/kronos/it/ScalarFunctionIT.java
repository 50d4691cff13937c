// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares functions of numbers, bits and times with plain Spark, over pairs of edge values. */
class ScalarFunctionIT extends SessionTest {
  /** Functions a query. */
  private static final int AT_ONCE = 4;

  private static final List<String> EVERY =
      List.of(
          "greatest(a, b)",
          "least(b, a, cast(null AS %s))",
          "nvl(a, b)",
          "nvl2(a, b, a)",
          "nullif(a, b)",
          "ifnull(b, a)",
          "xxhash64(a, b)",
          "hash(b, a, a)",
          "equal_null(a, b)");

  private static final List<String> NUMBERS =
      List.of(
          "pmod(a, b)",
          "mod(a, b)",
          "try_add(a, b)",
          "try_subtract(a, b)",
          "try_multiply(a, b)",
          "try_divide(a, b)",
          "try_mod(a, b)",
          "zeroifnull(a)",
          "nullifzero(b)",
          "positive(a)",
          "+a");

  private static final List<String> INTEGERS =
      List.of(
          "a div b",
          "a & b",
          "a | b",
          "a ^ b",
          "~a",
          "shiftleft(a, cast(b AS int))",
          "shiftright(a, cast(b AS int))",
          "shiftrightunsigned(a, 33)",
          "bit_count(a)",
          "getbit(a, 7)",
          "round(a, -1)",
          "bround(a, -2)",
          "round(a)",
          "ceil(cast(a AS bigint))");

  private static final List<String> DECIMALS =
      List.of(
          "round(a)",
          "round(a, 1)",
          "bround(a, 1)",
          "bround(a)",
          "ceil(a)",
          "floor(a)",
          "ceil(a, 1)",
          "floor(b, 1)",
          "round(a, 20)",
          "bround(b, -3)",
          "ceil(a, -2)");

  private static final List<String> FLOATS =
      List.of("nanvl(a, b)", "isnan(a)", "isnan(a + b)", "greatest(a, b, a)");

  private static final List<String> DOUBLES =
      List.of(
          "ceil(a)",
          "floor(a)",
          "sqrt(a)",
          "rint(a)",
          "signum(a)",
          "degrees(a)",
          "radians(b)",
          "exp(a)",
          "exp(b / 100)",
          "ln(a)",
          "log10(a)",
          "log2(b)",
          "log(a, b)",
          "log(a / 3)");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    for (TypeTable type : TypeTable.ALL) {
      KronosSession.under(
          Map.of("spark.sql.ansi.enabled", "false"),
          () -> KronosSession.write(folder, "scalar_" + type.table(), type.pairs(), 1));
    }
  }

  static Stream<Arguments> functions() {
    return TypeTable.ALL.stream()
        .flatMap(
            type ->
                inParts(functionsOf(type), AT_ONCE).stream().map(list -> Arguments.of(type, list)));
  }

  private static List<String> functionsOf(TypeTable type) {
    List<String> list = new ArrayList<>(EVERY);
    if (type.numeric()) {
      list.addAll(NUMBERS);
    }
    if (type.name().endsWith("int")) {
      list.addAll(INTEGERS);
    }
    if (type.name().startsWith("decimal")) {
      list.addAll(DECIMALS);
    }
    if (type.isFloating()) {
      list.addAll(FLOATS);
    }
    if (type.name().equals("double")) {
      list.addAll(DOUBLES);
    }
    return list.stream().map(f -> f.replace("%s", type.name())).toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("functions")
  void projectsLikeSpark(TypeTable type, List<String> functions) {
    String sql =
        "SELECT a, b, %s FROM scalar_%s".formatted(String.join(", ", functions), type.table());
    KronosSession.under(Map.of("spark.sql.ansi.enabled", "false"), () -> assertSame(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, b, pmod(a, b) FROM scalar_pairs_int WHERE b <> 0",
        "SELECT a, b, pmod(a, b), try_divide(a, b) FROM scalar_pairs_decimal_9_2 WHERE b <> 0",
        "SELECT a, round(a, -1), bit_count(a) FROM scalar_pairs_int WHERE a BETWEEN -100000 AND"
            + " 100000",
        "SELECT a, b, CASE WHEN b = 0 THEN 0 ELSE pmod(a, b) END FROM scalar_pairs_bigint",
        "SELECT a, b, try_add(a, b), try_mod(a, b) FROM scalar_pairs_bigint",
        "SELECT k, sum(bit_count(a)), max(greatest(a, b)) FROM scalar_pairs_int GROUP BY k",
        "SELECT * FROM scalar_pairs_double WHERE isnan(a) OR nanvl(b, 1) > 0 AND sqrt(a) > 1"
      })
  void answersLikeSparkInAnsiMode(String sql) {
    assertSame(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT pmod(a, b) FROM scalar_pairs_int",
        "SELECT pmod(a, b) FROM scalar_pairs_double",
        "SELECT getbit(a, b) FROM scalar_pairs_int",
        "SELECT round(a, -1) FROM scalar_pairs_bigint",
        "SELECT round(a, -1) FROM scalar_pairs_tinyint",
        "SELECT round(a, -37) + 1 FROM scalar_pairs_int WHERE a / b > 0",
        "SELECT abs(a) FROM scalar_pairs_smallint",
        "SELECT timestamp_seconds(a) FROM scalar_pairs_bigint"
      })
  void failsLikeSpark(String sql) {
    assertSameError(sql);
  }

  static Stream<TypeTable> types() {
    return TypeTable.ALL.stream();
  }

  /** Sets of more than ten constants are sets in Spark, too. */
  @ParameterizedTest
  @MethodSource("types")
  void findsConstantsInSets(TypeTable type) {
    List<String> constants = new ArrayList<>();
    String quoted = type.name().equals("boolean") ? "%s" : "cast('%s' AS " + type.name() + ")";
    type.values().forEach(value -> constants.add(quoted.formatted(value.replace("'", ""))));
    for (int i = 0; type.numeric() && i < 100; i++) {
      constants.add("cast(%d AS %s)".formatted(i - 50, type.name()));
    }
    for (List<String> some : List.of(constants, constants.subList(1, constants.size()))) {
      String list = String.join(", ", some);
      String sql = "SELECT a, a IN (%s) AS i, b NOT IN (%s, null) AS j FROM scalar_%s";
      assertSame(sql.formatted(list, list, type.table()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"round(a, 1)", "bround(a)", "sin(a)", "cbrt(a)"})
  void staysWithSpark(String function) {
    assertSameWithFallback("SELECT a, %s AS r FROM scalar_pairs_double".formatted(function));
  }
}
