// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every cast that Spark has between types of the device, over edge values. */
class CastMatrixIT extends SessionTest {
  private static final int AT_ONCE = 6;

  /** Two of the four kinds of decimals: one in 32 bits, one in 128. */
  private static final Set<String> LEFT_OUT = Set.of("decimal(15,2)", "decimal(25,4)");

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    for (TypeTable type : types()) {
      KronosSession.under(
          Map.of("spark.sql.ansi.enabled", "false"),
          () -> KronosSession.write(folder, type.table(), type.pairs(), 1));
    }
  }

  private static List<TypeTable> types() {
    return TypeTable.ALL.stream().filter(type -> !LEFT_OUT.contains(type.name())).toList();
  }

  static Stream<Arguments> casts() {
    return types().stream()
        .flatMap(
            from -> inParts(types(), AT_ONCE).stream().map(targets -> Arguments.of(from, targets)));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("casts")
  void castsLikeSpark(TypeTable from, List<TypeTable> targets) {
    KronosSession.under(
        Map.of(
            "spark.sql.ansi.enabled", "false",
            "spark.sql.session.timeZone", "America/Los_Angeles"),
        () ->
            check(
                from,
                "cast(a AS %s)",
                targets.stream()
                    .filter(to -> Cast$.MODULE$.canCast(sparks(from), sparks(to)))
                    .toList()));
    KronosSession.under(
        Map.of("spark.sql.session.timeZone", "Asia/Kolkata"),
        () ->
            check(
                from,
                "try_cast(a AS %s)",
                targets.stream()
                    .filter(to -> Cast$.MODULE$.canTryCast(sparks(from), sparks(to)))
                    .toList()));
  }

  private static DataType sparks(TypeTable type) {
    return DataType.fromDDL(type.name());
  }

  private static void check(TypeTable from, String form, List<TypeTable> targets) {
    String casts =
        targets.stream()
            .filter(to -> !isTextual(from, to))
            .map(to -> comparable(form.formatted(to.name()), to))
            .collect(Collectors.joining(", "));
    if (!casts.isEmpty()) {
      assertSame("SELECT a, %s FROM %s".formatted(casts, from.table()));
    }
  }

  /** Goes by way of the shortest decimal text of a number, which TypeMatrixIT has. */
  private static boolean isTextual(TypeTable from, TypeTable to) {
    return from.isFloating() && (to.name().startsWith("decimal") || to.name().equals("string"));
  }

  /** Java's timestamps do not reach as far as Spark's. */
  private static String comparable(String cast, TypeTable to) {
    return to.name().equals("timestamp") ? "unix_micros(" + cast + ")" : cast;
  }
}
