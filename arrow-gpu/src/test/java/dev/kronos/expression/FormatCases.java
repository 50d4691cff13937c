// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lists wall clocks written and read by patterns, made of parts, and their distances. */
final class FormatCases {
  static final List<String> PATTERNS =
      List.of(
          "yyyy-MM-dd",
          "yyyy-MM-dd HH:mm:ss",
          "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
          "yyyyMMdd",
          "yyyyMMddHHmmss",
          "d/M/yyyy H:m:s.S",
          "yy-MM-dd HH.mm.ss,SSS",
          "MMyy",
          "HH:mm",
          "yyyy",
          "M''d'o''clock'H SSSSSSSSS");

  /** Patterns with names, which are not read. */
  static final List<String> NAMES =
      List.of("EEE, d MMM yyyy hh:mm:ss a", "EEEE 'in' MMMM", "E h a", "MMMyyyy");

  private static final Expression CLOCK = ExpressionCases.column(0, DataType.TIMESTAMP_NTZ);
  private static final Expression N = ExpressionCases.column(1, DataType.INT8);

  private FormatCases() {}

  static List<ExpressionGroup> all() {
    return List.of(written(), read(), made());
  }

  private static TimePattern pattern(String text, TimePattern.Use use) {
    return TimePattern.compile(text, use);
  }

  private static List<ColumnLayout> inputs() {
    return List.of(
        ExpressionCases.layout(DataType.TIMESTAMP_NTZ), ExpressionCases.layout(DataType.INT8));
  }

  private static ExpressionGroup written() {
    return new ExpressionGroup(
        "written times",
        inputs(),
        Stream.concat(PATTERNS.stream(), NAMES.stream())
            .<Expression>map(p -> pattern(p, TimePattern.Use.WRITE).write(CLOCK))
            .toList());
  }

  /** What was written, with a number behind it, before it, or in the place of one. */
  private static ExpressionGroup read() {
    Expression digits = new Cast(N, DataType.STRING, ErrorMode.ANSI);
    List<Expression> list = new ArrayList<>();
    for (String p : PATTERNS) {
      Expression text = pattern(p, TimePattern.Use.WRITE).write(CLOCK);
      Expression other =
          TextCall.of(
              TextFunction.REPLACE, text, new Literal(DataType.STRING, Utf8.of("0")), digits);
      Expression longer = new Concat(Concat.Kind.PLAIN, List.of(text, digits));
      list.add(pattern(p, TimePattern.Use.READ).read(text, ErrorMode.ANSI));
      if (PATTERNS.indexOf(p) % 2 == 0) {
        list.add(pattern(p, TimePattern.Use.READ).read(other, ErrorMode.NULL));
      }
      if (p.startsWith("yyyyM")) {
        list.add(pattern(p, TimePattern.Use.READ).read(longer, ErrorMode.NULL));
      }
    }
    return new ExpressionGroup("read times", inputs(), list);
  }

  private static ExpressionGroup made() {
    Expression other = ExpressionCases.column(1, DataType.TIMESTAMP_NTZ);
    Expression part =
        new Cast(ExpressionCases.column(2, DataType.INT8), DataType.INT32, ErrorMode.WRAP);
    Expression seconds = ExpressionCases.column(3, DataType.decimal(16, 6));
    Expression year =
        new DatePart(DatePart.Field.YEAR, new Cast(CLOCK, DataType.DATE, ErrorMode.ANSI));
    Literal few = new Literal(DataType.INT32, 12);
    List<Expression> list = new ArrayList<>();
    for (ErrorMode mode : List.of(ErrorMode.ANSI, ErrorMode.NULL)) {
      Stream.of(
              List.of(year, few, few, few, few, seconds),
              List.of(year, part, few, few, part, seconds),
              List.of(year, few, part, part, few, seconds))
          .forEach(parts -> list.add(new Call(FormatFunction.MAKE_CLOCK, parts, mode)));
    }
    list.add(Call.of(FormatFunction.MONTHS, CLOCK, other));
    return new ExpressionGroup(
        "made times",
        List.of(
            ExpressionCases.layout(DataType.TIMESTAMP_NTZ),
            ExpressionCases.layout(DataType.TIMESTAMP_NTZ),
            ExpressionCases.layout(DataType.INT8),
            ExpressionCases.layout(DataType.decimal(16, 6))),
        list);
  }
}
