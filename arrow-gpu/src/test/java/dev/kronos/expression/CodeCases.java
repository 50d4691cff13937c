// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;

/** Lists functions of codes. */
final class CodeCases {
  private static final List<ColumnLayout> INPUTS =
      List.of(
          ExpressionCases.layout(DataType.STRING),
          ExpressionCases.layout(DataType.STRING),
          ExpressionCases.layout(DataType.INT8),
          ExpressionCases.layout(DataType.INT64));
  private static final Expression A = ExpressionCases.column(0, DataType.STRING);
  private static final Expression B = ExpressionCases.column(1, DataType.STRING);
  private static final Expression N =
      new Cast(ExpressionCases.column(2, DataType.INT8), DataType.INT32, ErrorMode.WRAP);
  private static final Expression NUMBER = ExpressionCases.column(3, DataType.INT64);
  private static final Expression DIGITS = new Cast(NUMBER, DataType.STRING, ErrorMode.ANSI);

  /** Pairs of bases, signed and not. */
  private static final int[][] BASES = {
    {10, 16}, {10, -16}, {16, 10}, {16, -10}, {2, 36}, {36, 2}, {36, -36}
  };

  private CodeCases() {}

  static List<ExpressionGroup> all() {
    return List.of(numbers(), base64(), unbase64(), others());
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

  private static ExpressionGroup numbers() {
    Expression hex = Call.of(WordFunction.HEX, NUMBER);
    List<Expression> texts =
        List.of(
            DIGITS,
            hex,
            joined(text("-"), hex),
            joined(DIGITS, A),
            joined(text("-0"), B, DIGITS),
            text("18446744073709551615"),
            text("-18446744073709551616"),
            text("9223372036854775808"));
    List<Expression> list = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      int[] bases = BASES[i % BASES.length];
      int[] others = BASES[(i + 3) % BASES.length];
      list.add(Call.of(CodeFunction.CONV, texts.get(i), number(bases[0]), number(bases[1])));
      list.add(
          Call.of(CodeFunction.CONV_EXACT, texts.get(i), number(others[0]), number(others[1])));
    }
    Expression base =
        new Arithmetic(
            Arithmetic.Operator.ADD,
            new Bitwise(Bitwise.Operator.AND, N, number(31)),
            number(2),
            DataType.INT32,
            ErrorMode.WRAP);
    list.add(Call.of(CodeFunction.CONV, A, base, number(10)));
    list.add(Call.of(CodeFunction.CONV, DIGITS, number(10), base));
    list.add(Call.of(CodeFunction.CONV, DIGITS, number(11), new Negate(base, ErrorMode.WRAP)));
    return new ExpressionGroup("codes of numbers", INPUTS, list);
  }

  private static ExpressionGroup base64() {
    List<Expression> list = new ArrayList<>();
    Expression some = new Substring(text("The quick brown fox. ".repeat(6)), number(1), N);
    for (int line : new int[] {0, 76}) {
      for (Expression bytes : List.of(A, joined(A, B), some)) {
        list.add(Call.of(CodeFunction.BASE64, bytes, number(line)));
      }
    }
    list.add(Call.of(CodeFunction.BASE64, joined(A, B), number(4)));
    return new ExpressionGroup("codes of base 64", INPUTS, list);
  }

  private static ExpressionGroup unbase64() {
    List<Expression> list = new ArrayList<>();
    for (int line : new int[] {0, 4}) {
      Expression code = Call.of(CodeFunction.BASE64, joined(A, B), number(line));
      list.add(code);
      list.add(joined(code, A));
      list.add(new Substring(code, number(1), N));
      list.add(joined(text("é"), code, text("=")));
    }
    list.add(A);
    list.add(joined(A, text("=")));
    list.add(joined(A, text("==")));
    list.add(joined(A, text("=-="), B));
    list.add(joined(text("+/"), DIGITS, text("Zz")));
    List<Expression> read =
        list.stream().<Expression>map(code -> Call.of(CodeFunction.UNBASE64, code)).toList();
    return new ExpressionGroup("codes from base 64", INPUTS, read);
  }

  private static ExpressionGroup others() {
    List<Expression> list = new ArrayList<>();
    Expression hex = Call.of(WordFunction.HEX_BYTES, A);
    for (ErrorMode mode : List.of(ErrorMode.ANSI, ErrorMode.NULL)) {
      for (Expression digits :
          List.of(hex, DIGITS, A, new Substring(joined(hex, hex), number(2), N))) {
        list.add(new Call(CodeFunction.UNHEX, List.of(digits), mode));
      }
      list.add(new Call(CodeFunction.FACTORIAL, List.of(N), mode));
    }
    for (Expression digits :
        List.of(DIGITS, joined(DIGITS, text("."), DIGITS), joined(text("."), DIGITS), A)) {
      list.add(Call.of(CodeFunction.THOUSANDS, digits));
    }
    Expression signs = text(" !\"#$%&'()*+,-./0189:;<=>?@AZ[\\]^_`az{|}~\u007F\u0001");
    list.add(Call.of(CodeFunction.URL_ENCODE, joined(A, signs)));
    list.add(Call.of(CodeFunction.URL_ENCODE, new Substring(signs, N, N)));
    return new ExpressionGroup("codes of bytes", INPUTS, list);
  }
}
