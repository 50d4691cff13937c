// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lists functions of words and digits, and digests. */
final class WordCases {
  private static final Expression A = ExpressionCases.column(0, DataType.STRING);
  private static final Expression B = ExpressionCases.column(1, DataType.STRING);
  private static final List<ColumnLayout> INPUTS =
      List.of(
          ExpressionCases.layout(DataType.STRING),
          ExpressionCases.layout(DataType.STRING),
          ExpressionCases.layout(DataType.INT8),
          ExpressionCases.layout(DataType.INT64));
  private static final Expression N =
      new Cast(ExpressionCases.column(2, DataType.INT8), DataType.INT32, ErrorMode.WRAP);

  private WordCases() {}

  static List<ExpressionGroup> all() {
    return Stream.concat(Stream.of(words(), distances(), letters(), digits()), digests()).toList();
  }

  private static Literal text(String value) {
    return new Literal(DataType.STRING, Utf8.of(value));
  }

  private static Literal number(int value) {
    return new Literal(DataType.INT32, value);
  }

  private static Expression joined(Expression... parts) {
    return new Concat(Concat.Kind.PLAIN, List.of(parts));
  }

  private static ExpressionGroup words() {
    List<Expression> list = new ArrayList<>();
    for (Expression separator : List.of(B, text(""), text("a"), text(" "), text("é"))) {
      for (Expression n : List.of(N, number(1), number(-1), number(Integer.MIN_VALUE))) {
        list.add(Call.of(WordFunction.SPLIT_PART, A, separator, n));
      }
    }
    for (Expression separator : List.of(B, text(""), text("a"))) {
      for (ErrorMode mode : List.of(ErrorMode.ANSI, ErrorMode.NULL)) {
        list.add(new Call(WordFunction.SPLIT_ITEM, List.of(A, separator, number(1)), mode));
        list.add(new Call(WordFunction.SPLIT_ITEM, List.of(A, separator, N), mode));
      }
    }
    Expression parts = joined(text("-"), A, text("--"), B, text("-"));
    list.add(Call.of(WordFunction.SPLIT_PART, parts, text("--"), N));
    list.add(Call.of(WordFunction.FIND_IN_SET, A, B));
    list.add(Call.of(WordFunction.FIND_IN_SET, A, joined(text(",x,"), B, text(","), A)));
    list.add(Call.of(WordFunction.FIND_IN_SET, text(""), joined(A, text(","), B)));
    list.add(Call.of(WordFunction.FIND_IN_SET, joined(A, text(",")), A));
    list.add(Call.of(WordFunction.SOUNDEX, A));
    for (String name : List.of("Ashcraft", "Tymczak", "Pfister ", "hONey{", "[", "Robert@BFPV")) {
      list.add(Call.of(WordFunction.SOUNDEX, joined(text(name), A)));
    }
    return new ExpressionGroup("words", INPUTS, list);
  }

  private static ExpressionGroup distances() {
    return new ExpressionGroup(
        "distances of strings",
        INPUTS,
        List.of(
            Call.of(WordFunction.LEVENSHTEIN, A, B),
            Call.of(WordFunction.LEVENSHTEIN, text("kitten é€"), A),
            Call.of(WordFunction.LEVENSHTEIN, A, text("")),
            Call.of(WordFunction.LEVENSHTEIN, joined(A, B), joined(B, A))));
  }

  private static ExpressionGroup letters() {
    CaseTable heads =
        CaseTable.learnHeads(c -> Character.toString(Character.toTitleCase(c.codePointAt(0))));
    Expression words = text("ΑΣ ʰΣ' Σ. ǆ ǅ ßa ŉx ΟΔΥΣΣΕΥΣ  İıſ\u0345Σ");
    return new ExpressionGroup(
        "letters of words",
        INPUTS,
        Stream.of(A, words, joined(A, text(" "), B, words))
            .<Expression>map(e -> heads.mapWords(e, CaseTable.lower()))
            .toList());
  }

  private static ExpressionGroup digits() {
    Expression number = ExpressionCases.column(3, DataType.INT64);
    return new ExpressionGroup(
        "digits",
        INPUTS,
        List.of(
            Call.of(WordFunction.HEX, number),
            Call.of(WordFunction.BIN, number),
            Call.of(WordFunction.HEX_BYTES, A),
            Call.of(WordFunction.HEX_BYTES, joined(A, B))));
  }

  /** Messages of few bytes, and of 128 to 255: around the ends of blocks of either size. */
  private static Stream<ExpressionGroup> digests() {
    Expression few = new Substring(text("abcdefghijk".repeat(12)), number(1), N);
    Expression more = joined(text("x".repeat(128)), few);
    return Stream.of(DigestFunction.values())
        .map(
            function ->
                new ExpressionGroup(
                    "digest " + function,
                    INPUTS,
                    List.of(Call.of(function, A), Call.of(function, more))));
  }
}
