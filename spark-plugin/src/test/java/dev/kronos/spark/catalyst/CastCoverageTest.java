// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.column.DataType.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Enumeration;
import scala.Option;

/**
 * Asks Spark which casts it has between types of the device: each runs there, or is listed here.
 */
class CastCoverageTest {
  /** Casts that stay with Spark. docs/compatibility.md gives the reasons. */
  private static final Map<Kind, Set<Kind>> LEFT_OUT =
      Map.of(
          Kind.FLOAT32, Set.of(Kind.DECIMAL, Kind.STRING),
          Kind.FLOAT64, Set.of(Kind.DECIMAL, Kind.STRING));

  static Stream<Arguments> casts() {
    return CoverageTest.columns()
        .flatMap(
            from ->
                CoverageTest.columns()
                    .flatMap(
                        to ->
                            Stream.of(EvalMode.ANSI(), EvalMode.LEGACY(), EvalMode.TRY())
                                .filter(mode -> isSparks(from.dataType(), to.dataType(), mode))
                                .map(mode -> Arguments.of(from, to.dataType(), mode))));
  }

  private static boolean isSparks(DataType from, DataType to, Enumeration.Value mode) {
    if (mode.equals(EvalMode.ANSI())) {
      return Cast$.MODULE$.canAnsiCast(from, to);
    }
    return mode.equals(EvalMode.TRY())
        ? Cast$.MODULE$.canTryCast(from, to)
        : Cast$.MODULE$.canCast(from, to);
  }

  @ParameterizedTest(name = "{0} to {1}, {2}")
  @MethodSource("casts")
  void runsOnTheDeviceOrIsLeftOut(AttributeReference from, DataType to, Enumeration.Value mode) {
    Cast cast = new Cast(from, to, Option.apply("Europe/Paris"), mode);
    boolean leftOut = LEFT_OUT.getOrDefault(kind(from.dataType()), Set.of()).contains(kind(to));
    assertThat(new ExpressionTranslator(List.of(from)).translate(cast).obstacle())
        .as(cast.sql())
        .satisfies(obstacle -> assertThat(obstacle.isPresent()).isEqualTo(leftOut));
  }

  private static Kind kind(DataType type) {
    return TypeTranslator.require(type).kind();
  }
}
