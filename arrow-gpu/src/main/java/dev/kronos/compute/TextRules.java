// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;
import static dev.kronos.compute.FunctionForms.number;
import static dev.kronos.compute.FunctionForms.text;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.BitFunction;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseTable;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Concat;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Extreme;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;
import dev.kronos.expression.StringMatch;
import dev.kronos.expression.StringSize;
import dev.kronos.expression.Substring;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.expression.Trim.Ends;
import dev.kronos.expression.Utf8;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes functions of strings as expressions. */
final class TextRules {
  static final String ASCII_WHITESPACE = " \t\n\u000B\f\r";

  /** What Unicode calls a space separator, or white space, a paragraph or a segment separator. */
  static final String WHITESPACE =
      IntStream.range(0, Character.MIN_SUPPLEMENTARY_CODE_POINT)
          .filter(TextRules::isWhitespace)
          .mapToObj(Character::toString)
          .collect(Collectors.joining());

  /** Characters up to which widths and sizes add up. */
  private static final int WIDEST = 1 << 30;

  private TextRules() {}

  private static boolean isWhitespace(int character) {
    if (Character.getType(character) == Character.SPACE_SEPARATOR) {
      return true;
    }
    return switch (Character.getDirectionality(character)) {
      case Character.DIRECTIONALITY_WHITESPACE,
          Character.DIRECTIONALITY_PARAGRAPH_SEPARATOR,
          Character.DIRECTIONALITY_SEGMENT_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Makes the table of heads of words when it is first asked for. */
  private static final class Titles {
    static final CaseTable HEADS =
        CaseTable.learnHeads(
            text -> Character.toString(Character.toTitleCase(text.codePointAt(0))));
    static final CaseTable OTHERS =
        CaseTable.learn(text -> ("1" + text).toLowerCase(Locale.ROOT).substring(1));
  }

  static Expression trimmed(Ends ends, Expression text, Literal characters) {
    Expression start =
        ends == Ends.END ? text : TextCall.of(TextFunction.TRIM_START_OF, text, characters);
    return ends == Ends.START ? start : TextCall.of(TextFunction.TRIM_END_OF, start, characters);
  }

  static Expression capitalized(Expression text) {
    return joined(
        CaseTable.upper().map(new Substring(text, number(1), number(1))),
        CaseTable.lower().map(behind(text, 1)));
  }

  static Expression capitalizedWords(Expression text) {
    return Titles.HEADS.mapWords(text, Titles.OTHERS);
  }

  private static Expression behind(Expression text, int characters) {
    return new Substring(text, number(characters + 1), number(Integer.MAX_VALUE));
  }

  private static Expression joined(Expression... parts) {
    return new Concat(Concat.Kind.PLAIN, List.of(parts));
  }

  private static Expression size(Expression text) {
    return new StringSize(StringSize.Unit.CHARACTERS, text);
  }

  private static Expression bytes(Expression text) {
    return new StringSize(StringSize.Unit.BYTES, text);
  }

  /** The expression cuts strings off that are longer. */
  static Expression padded(TextFunction side, Expression text, int width, Literal character) {
    requireNarrow(width);
    return TextCall.of(side, text, atLeast(width, text), character);
  }

  private static Expression atLeast(int width, Expression text) {
    return new Extreme(Extreme.End.GREATEST, List.of(number(width), size(text)));
  }

  /** Half of what is missing goes to the left: there are as many as half of both sizes then. */
  static Expression centered(Expression text, int width, Literal character) {
    requireNarrow(width);
    Expression both = int32(Arithmetic.Operator.ADD, atLeast(width, text), size(text));
    Expression left = Call.of(BitFunction.SHIFT_RIGHT, both, number(1));
    Expression filled = TextCall.of(TextFunction.PAD_LEFT, text, left, character);
    return TextCall.of(TextFunction.PAD_RIGHT, filled, atLeast(width, text), character);
  }

  private static Expression int32(Arithmetic.Operator operator, Expression a, Expression b) {
    return new Arithmetic(operator, a, b, DataType.INT32, ErrorMode.WRAP);
  }

  /** Returns as many bytes of one value as a text is shorter than a width. */
  static Expression missing(Expression bytes, int width, byte padding) {
    requireNarrow(width);
    Expression missing =
        int32(Arithmetic.Operator.SUBTRACT, number(Math.max(width, 0)), bytes(bytes));
    Literal one = new Literal(DataType.STRING, Utf8.of(new byte[] {padding}));
    Expression count = new Extreme(Extreme.End.GREATEST, List.of(missing, number(0)));
    return TextCall.of(TextFunction.REPEAT, one, count);
  }

  static Expression found(Expression text, Literal part) {
    Expression before = TextCall.of(TextFunction.BEFORE, text, part, number(1));
    Expression missing = new Not(new StringMatch(StringMatch.Place.ANYWHERE, text, part));
    return MathRules.choice(missing, number(-1), bytes(before));
  }

  static Expression foundCharacter(Expression text, Literal part) {
    Expression place = TextCall.of(TextFunction.LOCATE, part, text, number(1));
    return int32(Arithmetic.Operator.SUBTRACT, place, number(1));
  }

  /** Counts by what is missing where the part is left out. */
  static Expression counted(Expression text, Literal part) {
    int each = ((Utf8) part.value()).sizeBytes();
    Expression rest = TextCall.of(TextFunction.REPLACE, text, part, text(""));
    Expression missing = int32(Arithmetic.Operator.SUBTRACT, bytes(text), bytes(rest));
    if (each == 1) {
      return missing;
    }
    Expression times =
        new Arithmetic(
            Arithmetic.Operator.INTEGRAL_DIVIDE,
            new Cast(missing, DataType.INT64, ErrorMode.ANSI),
            new Literal(DataType.INT64, (long) each),
            DataType.INT64,
            ErrorMode.WRAP);
    return new Cast(times, DataType.INT32, ErrorMode.WRAP);
  }

  static Expression replacedSlice(Expression text, int start, int stop, Literal replacement) {
    return joined(
        new Substring(text, number(1), number(start)),
        replacement,
        stop == Integer.MAX_VALUE ? text("") : behind(text, stop));
  }

  /** Returns a constant of one character; throws InvalidArgument when it is not one. */
  static Literal character(String padding) {
    if (padding.codePointCount(0, padding.length()) != 1) {
      throw new KronosException.InvalidArgument(
          message("padding is not one character", "padding", padding));
    }
    return text(padding);
  }

  private static void requireNarrow(int width) {
    if (width > WIDEST) {
      throw outOfRange("width", width);
    }
  }

  static void requireSome(String what, String text) {
    if (text.isEmpty()) {
      throw new KronosException.InvalidArgument(message("text is empty", "parameter", what));
    }
  }

  static void requireNotNegative(String what, int value) {
    if (value < 0) {
      throw outOfRange(what, value);
    }
  }

  static void requireNotZero(String what, int value) {
    if (value == 0) {
      throw outOfRange(what, value);
    }
  }

  private static KronosException outOfRange(String what, int value) {
    return new KronosException.InvalidArgument(message("parameter is out of range", what, value));
  }
}
