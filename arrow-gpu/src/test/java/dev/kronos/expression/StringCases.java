// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lists functions of strings. */
final class StringCases {
  private static final List<String> PATTERNS =
      List.of(
          "",
          "%",
          "_",
          "%%",
          "__",
          "a%",
          "%b",
          "%c%",
          "a_c%",
          "%_b%",
          "_%_",
          "%é%",
          "_é",
          "%__a",
          "a%c%e%g",
          "%a%b%c%",
          "%more%than%words",
          "REG!_AIR",
          "%!%%",
          "!!%",
          "%__",
          "____",
          "%aab");

  private StringCases() {}

  static List<ExpressionGroup> all() {
    return List.of(
        matches(),
        likes(),
        views(),
        TextCases.places(),
        TextCases.made(),
        TextCases.translated(),
        TextCases.parsed(),
        TextCases.mapped());
  }

  private static Literal text(String value) {
    return new Literal(DataType.STRING, Utf8.of(value));
  }

  private static Literal number(int value) {
    return new Literal(DataType.INT32, value);
  }

  private static ExpressionGroup matches() {
    Expression a = ExpressionCases.column(0, DataType.STRING);
    Expression b = ExpressionCases.column(1, DataType.STRING);
    List<Expression> list = new ArrayList<>();
    for (StringMatch.Place place : StringMatch.Place.values()) {
      for (Expression part : List.of(b, text(""), text("a"), text("more than"), text("é"))) {
        list.add(new StringMatch(place, a, part));
      }
      list.add(new StringMatch(place, text("abcdefghi"), b));
    }
    ColumnLayout layout = ExpressionCases.layout(DataType.STRING);
    return new ExpressionGroup("match of strings", List.of(layout, layout), list);
  }

  private static ExpressionGroup likes() {
    Expression a = ExpressionCases.column(0, DataType.STRING);
    List<Expression> list =
        PATTERNS.stream()
            .<Expression>map(pattern -> new Like(a, LikePattern.compile(pattern, '!')))
            .toList();
    return new ExpressionGroup("like", List.of(ExpressionCases.layout(DataType.STRING)), list);
  }

  private static ExpressionGroup views() {
    Expression a = ExpressionCases.column(0, DataType.STRING);
    Expression p = ExpressionCases.column(1, DataType.INT32);
    List<Expression> list = new ArrayList<>();
    for (int position : List.of(0, 1, 2, 3, -1, -2, -30)) {
      list.add(new Substring(a, number(position), number(2)));
      list.add(new Substring(a, number(position), number(Integer.MAX_VALUE)));
    }
    list.add(new Substring(a, p, number(3)));
    list.add(new Substring(a, number(2), p));
    list.add(new Substring(a, p, p));
    Stream.of(StringSize.Unit.values()).forEach(unit -> list.add(new StringSize(unit, a)));
    Stream.of(Trim.Ends.values()).forEach(ends -> list.add(new Trim(ends, a)));
    Expression head = new Substring(a, number(1), number(2));
    list.add(new In(head, List.of(text("ab"), text("a "), text("é"))));
    list.add(new Comparison(Comparison.Operator.EQ, head, new Trim(Trim.Ends.BOTH, a)));
    return new ExpressionGroup(
        "views of strings",
        List.of(ExpressionCases.layout(DataType.STRING), ExpressionCases.layout(DataType.INT32)),
        list);
  }
}
