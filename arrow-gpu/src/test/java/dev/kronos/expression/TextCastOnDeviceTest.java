// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Casts of strings that look like what they are cast to: device equals Java. */
class TextCastOnDeviceTest {
  private static final int RANDOM_ROWS = 4_000;
  private static final Expression TEXT = ExpressionCases.column(0, DataType.STRING);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  static Stream<DataType> numbers() {
    return Stream.of(
        DataType.FLOAT64,
        DataType.FLOAT32,
        DataType.decimal(1, 1),
        DataType.decimal(4, 2),
        DataType.decimal(10, 0),
        DataType.decimal(18, 6),
        DataType.decimal(38, 0),
        DataType.decimal(38, 20),
        DataType.decimal(38, 38));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void readsNumbersAsJava(DataType type) {
    check(type, NumberTexts.all(new Random(type.hashCode()), RANDOM_ROWS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/Los_Angeles", "Asia/Kolkata", "Africa/Monrovia"})
  void readsTimesAsJava(String zone) {
    long now = Instant.parse("2024-07-04T11:22:33.444Z").getEpochSecond() * 1_000_000L;
    Expression session = ZoneTable.of(ZoneId.of(zone)).literal();
    Expression directory = ZoneDirectoryTest.directory().literal();
    Expression instant = new Literal(DataType.TIMESTAMP, now);
    List<Expression> casts = new ArrayList<>();
    for (ErrorMode mode : List.of(ErrorMode.ANSI, ErrorMode.NULL)) {
      casts.add(
          new Call(TimeTextFunction.INSTANT, List.of(TEXT, instant, session, directory), mode));
      casts.add(new Call(TimeTextFunction.CLOCK, List.of(TEXT, directory), mode));
    }
    check("times in " + zone, casts, TimeTexts.all(new Random(zone.hashCode()), RANDOM_ROWS));
  }

  private static void check(DataType type, List<String> texts) {
    List<Expression> casts =
        Stream.of(ErrorMode.ANSI, ErrorMode.NULL)
            .<Expression>map(mode -> new Cast(TEXT, type, mode))
            .toList();
    check("casts to " + type, casts, texts);
  }

  private static void check(String name, List<Expression> casts, List<String> texts) {
    ExpressionGroup group =
        new ExpressionGroup(name, List.of(ExpressionCases.layout(DataType.STRING)), casts);
    List<Object[]> rows = new ArrayList<>();
    rows.add(new Object[1]);
    texts.forEach(value -> rows.add(new Object[] {Utf8.of(value)}));
    assertThat(ProbeCheck.differences(open.kronos(), group, rows, Outcome::equals))
        .as(group.name())
        .isEmpty();
  }
}
