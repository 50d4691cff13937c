// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;

/** Lists functions of strings that look for places in them, and that make new ones. */
final class TextCases {
  private static final Expression A = ExpressionCases.column(0, DataType.STRING);
  private static final Expression B = ExpressionCases.column(1, DataType.STRING);
  private static final List<ColumnLayout> INPUTS =
      List.of(
          ExpressionCases.layout(DataType.STRING),
          ExpressionCases.layout(DataType.STRING),
          ExpressionCases.layout(DataType.INT8));

  /** A number small enough for lengths. */
  private static final Expression N =
      new Cast(ExpressionCases.column(2, DataType.INT8), DataType.INT32, ErrorMode.WRAP);

  private static final List<String> STARTS =
      List.of("", "0012", " +7.", "tRuE\t", "-922337203685477580", "922337203685477580");

  /** What dates begin with; a number from -128 to 127 follows. */
  private static final List<String> DATES =
      List.of(
          "",
          "20",
          "2024-",
          "2024-2-",
          " +1900-02",
          "-4",
          "58815",
          "-5877641-06-",
          "x-",
          "2024-02-29 ");

  private TextCases() {}

  private static Literal text(String value) {
    return new Literal(DataType.STRING, Utf8.of(value));
  }

  private static Literal number(int value) {
    return new Literal(DataType.INT32, value);
  }

  static ExpressionGroup places() {
    List<Expression> list = new ArrayList<>();
    for (Expression part : List.of(B, text(""), text("a"), text("b"), text(" "), text("é"))) {
      list.add(TextCall.of(TextFunction.LOCATE, part, A, number(1)));
      list.add(TextCall.of(TextFunction.LOCATE, part, A, number(3)));
      list.add(TextCall.of(TextFunction.LOCATE, part, A, N));
      list.add(TextCall.of(TextFunction.BEFORE, A, part, number(1)));
      list.add(TextCall.of(TextFunction.BEFORE, A, part, number(-2)));
      list.add(TextCall.of(TextFunction.BEFORE, A, part, N));
    }
    for (Expression set : List.of(B, text(""), text(" a"), text("é😀a"), text("words "))) {
      list.add(TextCall.of(TextFunction.TRIM_START_OF, A, set));
      list.add(TextCall.of(TextFunction.TRIM_END_OF, A, set));
    }
    list.add(TextCall.of(TextFunction.FIRST_CODE, A));
    for (int length : List.of(0, 2, -20, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
      list.add(TextCall.of(TextFunction.SLICE, A, N, number(length)));
      list.add(TextCall.of(TextFunction.SLICE, A, number(-3), number(length)));
      list.add(TextCall.of(TextFunction.SLICE, A, number(Integer.MIN_VALUE), number(length)));
    }
    list.add(TextCall.of(TextFunction.SLICE, A, number(2), N));
    return new ExpressionGroup("places in strings", INPUTS, list);
  }

  static ExpressionGroup made() {
    List<Expression> list = new ArrayList<>();
    list.add(TextCall.of(TextFunction.REPEAT, A, number(3)));
    list.add(TextCall.of(TextFunction.REPEAT, B, N));
    list.add(TextCall.of(TextFunction.REVERSE, A));
    for (Expression part : List.of(B, text(""), text("a"), text("more"), text("é"))) {
      list.add(TextCall.of(TextFunction.REPLACE, A, part, text("")));
      list.add(TextCall.of(TextFunction.REPLACE, A, part, text("€aé")));
    }
    list.add(TextCall.of(TextFunction.REPLACE, A, text("a"), B));
    for (TextFunction pad : List.of(TextFunction.PAD_LEFT, TextFunction.PAD_RIGHT)) {
      list.add(TextCall.of(pad, A, number(7), text("xyé")));
      list.add(TextCall.of(pad, A, number(60), text(" ")));
      list.add(TextCall.of(pad, A, number(Integer.MIN_VALUE), text(" ")));
      list.add(TextCall.of(pad, A, N, B));
    }
    Expression wide =
        new Cast(ExpressionCases.column(2, DataType.INT8), DataType.INT64, ErrorMode.WRAP);
    list.add(TextCall.of(TextFunction.CHARACTER, wide));
    list.add(TextCall.of(TextFunction.CHARACTER, new Literal(DataType.INT64, 0x1E9L)));
    list.add(new Concat(Concat.Kind.PLAIN, List.of(A, B)));
    list.add(new Concat(Concat.Kind.PLAIN, List.of(A)));
    list.add(new Concat(Concat.Kind.PLAIN, List.of(text("<"), A, text("|"), B, text(">"))));
    list.add(new Concat(Concat.Kind.SEPARATED, List.of(text(", "), A, B, A)));
    list.add(new Concat(Concat.Kind.SEPARATED, List.of(B, A, text("x"), A)));
    list.add(new Concat(Concat.Kind.SEPARATED, List.of(A)));
    Expression both = new Concat(Concat.Kind.PLAIN, List.of(A, B));
    list.add(new StringSize(StringSize.Unit.CHARACTERS, both));
    list.add(new Comparison(Comparison.Operator.LT, TextCall.of(TextFunction.REVERSE, both), A));
    list.add(new Substring(TextCall.of(TextFunction.REPEAT, both, number(2)), number(2), N));
    list.add(
        new Coalesce(
            List.of(TextCall.of(TextFunction.REPLACE, A, text("a"), text("b")), both, text("?"))));
    return new ExpressionGroup("made strings", INPUTS, list);
  }

  static ExpressionGroup translated() {
    Expression from = text("aé😀a wor\uFFFDd");
    return new ExpressionGroup(
        "translated strings",
        INPUTS,
        List.of(
            TextCall.of(TextFunction.TRANSLATE, A, from, text("€x\0z")),
            TextCall.of(TextFunction.TRANSLATE, A, from, text("")),
            TextCall.of(TextFunction.TRANSLATE, A, B, text("xyzé"))));
  }

  static ExpressionGroup parsed() {
    List<Expression> list = new ArrayList<>();
    Expression digits =
        new Cast(ExpressionCases.column(2, DataType.INT8), DataType.STRING, ErrorMode.ANSI);
    List<DataType> types =
        List.of(DataType.BOOLEAN, DataType.INT8, DataType.INT16, DataType.INT32, DataType.INT64);
    for (DataType type : types) {
      for (ErrorMode mode : ErrorMode.values()) {
        for (String start : STARTS) {
          Expression whole = new Concat(Concat.Kind.PLAIN, List.of(text(start), digits, A));
          list.add(new Cast(new Substring(whole, number(1), number(21)), type, mode));
        }
        list.add(new Cast(A, type, mode));
      }
    }
    for (String before : DATES) {
      for (String behind : List.of("", " x", "T", "-0", "-9\t")) {
        Expression whole =
            new Concat(Concat.Kind.PLAIN, List.of(text(before), digits, text(behind)));
        list.add(new Cast(whole, DataType.DATE, ErrorMode.NULL));
        list.add(new Cast(whole, DataType.DATE, ErrorMode.ANSI));
      }
    }
    return new ExpressionGroup("values of strings", INPUTS, list);
  }

  static ExpressionGroup mapped() {
    List<Expression> list = new ArrayList<>();
    Expression words = text("ΑΣ ʰΣ' Σ. ΑΣʰ ΑΣ'Α ΟΔΥΣΣΕΥΣ İıſßﬃǆ\u0345Σ ŉΣ");
    for (Expression e : List.of(A, words, new Concat(Concat.Kind.PLAIN, List.of(A, words, B)))) {
      list.add(CaseTable.upper().map(e));
      list.add(CaseTable.lower().map(e));
    }
    return new ExpressionGroup("letters of strings", INPUTS, list);
  }
}
