// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.compute.FunctionForms.binary;
import static dev.kronos.compute.FunctionForms.text;
import static dev.kronos.compute.FunctionForms.unary;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.CodeFunction;
import dev.kronos.expression.Concat;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.expression.Trim.Ends;
import dev.kronos.expression.WordFunction;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Lists functions that find, cut, fill and write strings, by row. A result is null where an operand
 * is. Characters are those of {@link Functions#UTF8_LENGTH}: malformed text has some as well, and
 * no function fails for it. Patterns are constants of the kernel; all of one function share it.
 */
public final class TextFunctions {
  /** White space of ASCII left out at both ends: space, and the characters from tab to return. */
  public static final ArrowFunction ASCII_TRIM_WHITESPACE =
      trim("ascii_trim_whitespace", Ends.BOTH, TextRules.ASCII_WHITESPACE);

  /** White space of ASCII left out at the start. */
  public static final ArrowFunction ASCII_LTRIM_WHITESPACE =
      trim("ascii_ltrim_whitespace", Ends.START, TextRules.ASCII_WHITESPACE);

  /** White space of ASCII left out at the end. */
  public static final ArrowFunction ASCII_RTRIM_WHITESPACE =
      trim("ascii_rtrim_whitespace", Ends.END, TextRules.ASCII_WHITESPACE);

  /**
   * White space of Unicode left out at both ends: separators of words (Zs), and what separates
   * words, paragraphs or segments in bidirectional text. Of malformed text, bytes of such
   * characters go as well.
   */
  public static final ArrowFunction UTF8_TRIM_WHITESPACE =
      trim("utf8_trim_whitespace", Ends.BOTH, TextRules.WHITESPACE);

  /** White space of Unicode left out at the start; as {@link #UTF8_TRIM_WHITESPACE}. */
  public static final ArrowFunction UTF8_LTRIM_WHITESPACE =
      trim("utf8_ltrim_whitespace", Ends.START, TextRules.WHITESPACE);

  /** White space of Unicode left out at the end; as {@link #UTF8_TRIM_WHITESPACE}. */
  public static final ArrowFunction UTF8_RTRIM_WHITESPACE =
      trim("utf8_rtrim_whitespace", Ends.END, TextRules.WHITESPACE);

  /** The first character in upper case, the others in lower; as {@link Functions#UTF8_UPPER}. */
  public static final ArrowFunction UTF8_CAPITALIZE =
      unary("utf8_capitalize", TypeGroup.STRINGS, TextRules::capitalized);

  /**
   * Characters at the start and behind spaces in title case, all others in lower. Arrow's
   * utf8_title, whose name this is not, begins words behind all that is no letter.
   */
  public static final ArrowFunction UTF8_CAPITALIZE_WORDS =
      unary("utf8_capitalize_words", TypeGroup.STRINGS, TextRules::capitalizedWords);

  /**
   * How many characters to put in, to leave out or to replace make one of the other, INT32: O(a b)
   * work for a and b characters. Arrow has no such function.
   */
  public static final ArrowFunction LEVENSHTEIN =
      binary("levenshtein", TypeGroup.STRINGS, (a, b) -> Call.of(WordFunction.LEVENSHTEIN, a, b));

  /**
   * Four characters that English words of one sound share; the string itself where no letter of
   * ASCII comes first. Arrow has no such function.
   */
  public static final ArrowFunction SOUNDEX =
      unary("soundex", TypeGroup.STRINGS, a -> Call.of(WordFunction.SOUNDEX, a));

  /**
   * The number of the first character in Unicode, INT32: 65533 where it is malformed, 0 of nothing.
   * Arrow has no such function.
   */
  public static final ArrowFunction FIRST_CODEPOINT =
      unary("first_codepoint", TypeGroup.STRINGS, a -> TextCall.of(TextFunction.FIRST_CODE, a));

  /** Bytes in digits of base 16, two each, above 9 in upper case. Arrow has no such function. */
  public static final ArrowFunction HEX =
      unary("hex", TypeGroup.BYTES, a -> Call.of(WordFunction.HEX_BYTES, CarriedRules.bits(a)));

  /**
   * The bytes, BINARY, of digits of base 16, of which the first byte may have one; fails for other
   * characters. Arrow has no such function.
   */
  public static final ArrowFunction UNHEX =
      unary("unhex", TypeGroup.STRINGS, a -> bytes(Call.of(CodeFunction.UNHEX, a)));

  /** Bytes in digits of base 64, in one line, filled up. Arrow has no such function. */
  public static final ArrowFunction BASE64 =
      unary(
          "base64",
          TypeGroup.BYTES,
          a -> Call.of(CodeFunction.BASE64, CarriedRules.bits(a), FunctionForms.number(0)));

  /**
   * The bytes, BINARY, of digits of base 64, among which other characters do not count, as {@link
   * Base64#getMimeDecoder()} reads them; fails where it does. Arrow has no such function.
   */
  public static final ArrowFunction UNBASE64 =
      unary("unbase64", TypeGroup.STRINGS, a -> bytes(Call.of(CodeFunction.UNBASE64, a)));

  private TextFunctions() {}

  private static Expression bytes(Expression text) {
    return CarriedRules.as(text, DataType.BINARY);
  }

  private static ArrowFunction trim(String name, Ends ends, String characters) {
    Literal set = text(characters);
    return unary(name, TypeGroup.STRINGS, a -> TextRules.trimmed(ends, a, set));
  }

  /** Makes Arrow's utf8_trim: without characters at both ends that are among some. */
  public static ArrowFunction utf8Trim(String characters) {
    return trim("utf8_trim", Ends.BOTH, characters);
  }

  /** Makes Arrow's utf8_ltrim: without characters at the start that are among some. */
  public static ArrowFunction utf8LeftTrim(String characters) {
    return trim("utf8_ltrim", Ends.START, characters);
  }

  /** Makes Arrow's utf8_rtrim: without characters at the end that are among some. */
  public static ArrowFunction utf8RightTrim(String characters) {
    return trim("utf8_rtrim", Ends.END, characters);
  }

  /**
   * Makes Arrow's utf8_lpad: filled up on the left.
   *
   * @param width characters to have at least; longer strings stay as they are
   * @param padding one character
   * @throws KronosException.InvalidArgument when it is not one
   */
  public static ArrowFunction utf8LeftPad(int width, String padding) {
    return pad("utf8_lpad", TextFunction.PAD_LEFT, width, padding);
  }

  /** Makes Arrow's utf8_rpad: filled up on the right; as {@link #utf8LeftPad}. */
  public static ArrowFunction utf8RightPad(int width, String padding) {
    return pad("utf8_rpad", TextFunction.PAD_RIGHT, width, padding);
  }

  /** Makes Arrow's utf8_center: filled up on both sides, on the right first; see above. */
  public static ArrowFunction utf8Center(int width, String padding) {
    Literal character = TextRules.character(padding);
    return unary("utf8_center", TypeGroup.STRINGS, a -> TextRules.centered(a, width, character));
  }

  private static ArrowFunction pad(String name, TextFunction side, int width, String padding) {
    Literal character = TextRules.character(padding);
    return unary(name, TypeGroup.STRINGS, a -> TextRules.padded(side, a, width, character));
  }

  /**
   * Makes bytes filled up on the left to a width; longer ones stay. Arrow has this of strings
   * alone.
   *
   * @param width in bytes, as of {@link #utf8LeftPad}
   * @param padding what they are filled up with
   * @throws KronosException.InvalidArgument when the width is out of range
   */
  public static ArrowFunction binaryLeftPad(int width, byte padding) {
    return padBytes(
        "binary_lpad",
        a -> new Concat(Concat.Kind.PLAIN, List.of(TextRules.missing(a, width, padding), a)));
  }

  /** Makes bytes filled up on the right to a width; as {@link #binaryLeftPad}. */
  public static ArrowFunction binaryRightPad(int width, byte padding) {
    return padBytes(
        "binary_rpad",
        a -> new Concat(Concat.Kind.PLAIN, List.of(a, TextRules.missing(a, width, padding))));
  }

  private static ArrowFunction padBytes(String name, UnaryOperator<Expression> filled) {
    return unary(name, TypeGroup.BINARIES, a -> bytes(filled.apply(CarriedRules.bits(a))));
  }

  /**
   * Makes Arrow's find_substring: the byte, from 0, at which a part begins first, INT32; -1 where
   * it does not lie in the value.
   */
  public static ArrowFunction findSubstring(String part) {
    Literal wanted = text(part);
    return unary(
        "find_substring", TypeGroup.BYTES, a -> TextRules.found(CarriedRules.bits(a), wanted));
  }

  /**
   * Makes the character, from 0, at which a part begins first, INT32; -1 where it does not lie in
   * the string. Arrow counts bytes.
   */
  public static ArrowFunction utf8Find(String part) {
    Literal wanted = text(part);
    return unary("utf8_find", TypeGroup.STRINGS, a -> TextRules.foundCharacter(a, wanted));
  }

  /**
   * Makes Arrow's count_substring: how often a part lies in the value, INT32, from the left and
   * without overlaps.
   *
   * @throws KronosException.InvalidArgument when the part is empty
   */
  public static ArrowFunction countSubstring(String part) {
    TextRules.requireSome("part", part);
    Literal wanted = text(part);
    return unary(
        "count_substring", TypeGroup.BYTES, a -> TextRules.counted(CarriedRules.bits(a), wanted));
  }

  /**
   * Makes Arrow's binary_repeat for one number of times.
   *
   * @throws KronosException.InvalidArgument when it is negative
   */
  public static ArrowFunction binaryRepeat(int times) {
    TextRules.requireNotNegative("times", times);
    return unary(
        "binary_repeat",
        TypeGroup.BYTES,
        a ->
            CarriedRules.as(
                TextCall.of(TextFunction.REPEAT, CarriedRules.bits(a), FunctionForms.number(times)),
                a.type()));
  }

  /**
   * Makes Arrow's utf8_replace_slice: a string in the place of some characters.
   *
   * @param start index of the first of them, from 0, not negative
   * @param stop index behind the last, not below the start
   * @param replacement what stands there then; behind the end of shorter strings
   * @throws KronosException.InvalidArgument when an index is out of range
   */
  public static ArrowFunction utf8ReplaceSlice(int start, int stop, String replacement) {
    TextRules.requireNotNegative("start", start);
    TextRules.requireNotNegative("size", Math.subtractExact(stop, start));
    return unary(
        "utf8_replace_slice",
        TypeGroup.STRINGS,
        a -> TextRules.replacedSlice(a, start, stop, text(replacement)));
  }

  /**
   * Makes the replacement of characters by those at their places in another string, or by nothing
   * where that is shorter. Malformed bytes become U+FFFD. Arrow has no such function.
   *
   * @param from characters to replace; the first place of a character counts
   * @param to what they become
   */
  public static ArrowFunction translate(String from, String to) {
    return unary(
        "translate",
        TypeGroup.STRINGS,
        a -> TextCall.of(TextFunction.TRANSLATE, a, text(from), text(to)));
  }

  /**
   * Makes the part of a string between delimiters; empty where there is none. Arrow has no such
   * function.
   *
   * @param delimiter what stands between parts; the string is one part where it is empty
   * @param part which, from 1, or from the end, from -1
   * @throws KronosException.InvalidArgument when the part is 0
   */
  public static ArrowFunction splitPart(String delimiter, int part) {
    TextRules.requireNotZero("part", part);
    return unary(
        "split_part",
        TypeGroup.STRINGS,
        a -> Call.of(WordFunction.SPLIT_PART, a, text(delimiter), FunctionForms.number(part)));
  }
}
