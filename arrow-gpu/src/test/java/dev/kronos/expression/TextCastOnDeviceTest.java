// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Casts of strings that look like what they are cast to: device equals Java. */
class TextCastOnDeviceTest {
  private static final int RANDOM_ROWS = 4_000;

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

  private static void check(DataType type, List<String> texts) {
    Expression text = ExpressionCases.column(0, DataType.STRING);
    List<Expression> casts =
        Stream.of(ErrorMode.ANSI, ErrorMode.NULL)
            .<Expression>map(mode -> new Cast(text, type, mode))
            .toList();
    ExpressionGroup group =
        new ExpressionGroup(
            "casts to " + type, List.of(ExpressionCases.layout(DataType.STRING)), casts);
    List<Object[]> rows = new ArrayList<>();
    rows.add(new Object[1]);
    texts.forEach(value -> rows.add(new Object[] {Utf8.of(value)}));
    assertThat(ProbeCheck.differences(open.kronos(), group, rows, Outcome::equals))
        .as(group.name())
        .isEmpty();
  }
}
