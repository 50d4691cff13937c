// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePatternTest {
  private static final List<LocalDateTime> CLOCKS =
      List.of(
          LocalDateTime.of(1970, 1, 1, 0, 0),
          LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_000),
          LocalDateTime.of(1, 12, 31, 1, 2, 3, 40_000),
          LocalDateTime.of(9999, 10, 9, 12, 30),
          LocalDateTime.of(12_345, 6, 7, 8, 9, 10, 120_000_000));

  static List<String> patterns() {
    return Stream.concat(FormatCases.PATTERNS.stream(), FormatCases.NAMES.stream()).toList();
  }

  private static DateTimeFormatter java(String pattern) {
    return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.US)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static long micros(LocalDateTime clock) {
    return clock.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + clock.getNano() / 1000;
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void writesLikeJava(String pattern) {
    Utf8 program = TimePattern.compile(pattern, TimePattern.Use.WRITE).program();
    for (LocalDateTime clock : CLOCKS) {
      assertThat(RowFormats.write(List.of(micros(clock), program)))
          .isEqualTo(Utf8.of(java(pattern).format(clock)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29 01:02:03",
        "2024-02-29 1:02:03",
        "+12024-02-29 01:02:03",
        "12024-02-28 01:02:03",
        "+2024-02-29 01:02:03",
        "2024-02-30 01:02:03",
        "2024-02-29 24:02:03",
        "2024-02-29 01:02:03 ",
        " 2024-02-29 01:02:03",
        "2024-13-29 01:02:03",
        "2024-02-29T01:02:03",
        ""
      })
  void readsLikeJava(String text) {
    String pattern = "yyyy-MM-dd HH:mm:ss";
    Object expected;
    try {
      expected = micros(LocalDateTime.parse(text, java(pattern)));
    } catch (DateTimeException e) {
      expected = null;
    }
    Utf8 program = TimePattern.compile(pattern, TimePattern.Use.READ).program();
    Object actual;
    try {
      actual = RowFormats.read(List.of(Utf8.of(text), program));
    } catch (RowErrorException e) {
      actual = null;
    }
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yyy", "MMMMM", "EEEEE", "yyyy[-MM]", "'", "HH:mm aa", "SSSSSSSSSS", "dd é", "D"})
  void refusesWhatKernelsDoNotKnow(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePattern.compile(pattern, TimePattern.Use.WRITE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dMM", "yyyyd", "Mdd", "ssSSS", "dd dd", "H00", "MMM", "E", "hh", "HH a"})
  void refusesToReadWhatRunsTogether(String pattern) {
    TimePattern.compile(pattern, TimePattern.Use.WRITE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePattern.compile(pattern, TimePattern.Use.READ));
  }

  @Test
  void showsItsSizeOnly() {
    assertThat(TimePattern.compile("HH:mm", TimePattern.Use.READ))
        .hasToString("time pattern of 3 steps");
  }
}
