// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

/** Asks Spark which casts it has between types of the device: each runs there. */
class CastCoverageTest {
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
  void runsOnTheDevice(AttributeReference from, DataType to, Enumeration.Value mode) {
    Cast cast = new Cast(from, to, Option.apply("Europe/Paris"), mode);
    assertThat(new ExpressionTranslator(List.of(from)).translate(cast).obstacle())
        .as(cast.sql())
        .isEmpty();
  }
}
