// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import dev.kronos.expression.RoundNumber.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through the text of floating point numbers: device equals the running JVM. */
class FloatTextOnDeviceTest {
  private static final int ROWS = Integer.getInteger("kronos.test.numbers", 20_000);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  @Test
  void knowsTheTextOfTheJvm() {
    assertThat(FloatText.isKnown()).isTrue();
    assertThat(FloatText.function(DataType.FLOAT32))
        .isEqualTo(Runtime.version().feature() < 19 ? "digits_f32_early" : "digits_f32_shortest");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void writesDoublesAsJava(long seed) {
    check(
        DataType.FLOAT64, seed, List.of(DataType.STRING, DataType.decimal(38, 20)), numbers(seed));
  }

  @ParameterizedTest
  @ValueSource(longs = {3})
  void roundsDoublesAsJava(long seed) {
    check(
        DataType.FLOAT64,
        seed,
        List.of(DataType.decimal(38, 0), DataType.decimal(9, 2), DataType.decimal(18, 17)),
        numbers(seed));
  }

  private static List<Object> numbers(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Object> values = new ArrayList<>(EdgeValues.of(DataType.FLOAT64));
    for (int i = 0; i < ROWS; i++) {
      values.add(FloatNumbers.wide(i, random));
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void writesFloatsAsJava(long seed) {
    check(
        DataType.FLOAT32, seed, List.of(DataType.STRING, DataType.decimal(38, 12)), singles(seed));
  }

  private static List<Object> singles(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Object> values = new ArrayList<>(EdgeValues.of(DataType.FLOAT32));
    for (int i = 0; i < ROWS; i++) {
      values.add(FloatNumbers.single(i, random));
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"6, 2, -3", "7, 0, 15", "8, 300, -300", "9, 1, 7"})
  void roundsToPlacesAsJava(long seed, int places, int others) {
    checkRounding(DataType.FLOAT64, seed, places, others);
    checkRounding(DataType.FLOAT32, seed, places, others);
  }

  private static void checkRounding(DataType type, long seed, int places, int others) {
    Expression number = ExpressionCases.column(0, type);
    Direction halves = seed % 2 == 0 ? Direction.HALF_UP : Direction.HALF_EVEN;
    Direction other = seed % 2 == 0 ? Direction.FLOOR : Direction.CEILING;
    compare(
        type,
        seed,
        List.of(
            new RoundNumber(number, type, places, halves, ErrorMode.ANSI),
            new RoundNumber(number, type, others, other, ErrorMode.ANSI)),
        type.equals(DataType.FLOAT64) ? numbers(seed) : singles(seed));
  }

  private static void check(DataType from, long seed, List<DataType> targets, List<Object> values) {
    Expression number = ExpressionCases.column(0, from);
    compare(
        from,
        seed,
        targets.stream().<Expression>map(to -> new Cast(number, to, ErrorMode.ANSI)).toList(),
        values);
  }

  private static void compare(
      DataType from, long seed, List<Expression> expressions, List<Object> values) {
    ExpressionGroup group =
        new ExpressionGroup("text of " + from, List.of(ExpressionCases.layout(from)), expressions);
    List<Object[]> rows = values.stream().map(value -> new Object[] {value}).toList();
    assertThat(ProbeCheck.differences(open.kronos(), group, rows, Outcome::equals))
        .as(group.name() + " seed=" + seed)
        .isEmpty();
  }
}
