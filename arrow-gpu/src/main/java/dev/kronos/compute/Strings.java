// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Looks into strings, and makes new ones, row by row, as {@link Functions} and {@link
 * TextFunctions} list them. A result is null where an operand is. Ownership, errors and cost are
 * those of {@link Elementwise}: O(n + b) work and memory for n strings of b bytes in all, but O(b
 * m) work at worst where a part of m bytes is looked for in them, or a distance from m characters.
 * Thread-safe.
 */
public final class Strings {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Strings(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Strings(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /** Returns whether values start with others: {@link Functions#STARTS_WITH}. */
  public FieldVector startsWith(FieldVector values, FieldVector prefixes) {
    return elementwise.call(Functions.STARTS_WITH, values, prefixes);
  }

  /** Returns whether values start with one prefix: {@link Functions#STARTS_WITH}. */
  public FieldVector startsWith(FieldVector values, Scalar prefix) {
    return elementwise.call(Functions.STARTS_WITH, values, prefix);
  }

  /** Returns whether values end with others: {@link Functions#ENDS_WITH}. */
  public FieldVector endsWith(FieldVector values, FieldVector suffixes) {
    return elementwise.call(Functions.ENDS_WITH, values, suffixes);
  }

  /** Returns whether values end with one suffix: {@link Functions#ENDS_WITH}. */
  public FieldVector endsWith(FieldVector values, Scalar suffix) {
    return elementwise.call(Functions.ENDS_WITH, values, suffix);
  }

  /** Returns whether others lie in values: {@link Functions#MATCH_SUBSTRING}. */
  public FieldVector matchSubstring(FieldVector values, FieldVector parts) {
    return elementwise.call(Functions.MATCH_SUBSTRING, values, parts);
  }

  /** Returns whether one string lies in values: {@link Functions#MATCH_SUBSTRING}. */
  public FieldVector matchSubstring(FieldVector values, Scalar part) {
    return elementwise.call(Functions.MATCH_SUBSTRING, values, part);
  }

  /** Returns sizes in characters: {@link Functions#UTF8_LENGTH}. */
  public FieldVector utf8Length(FieldVector values) {
    return elementwise.call(Functions.UTF8_LENGTH, values);
  }

  /** Returns sizes in bytes: {@link Functions#BINARY_LENGTH}. */
  public FieldVector binaryLength(FieldVector values) {
    return elementwise.call(Functions.BINARY_LENGTH, values);
  }

  /** Returns values with letters in upper case: {@link Functions#UTF8_UPPER}. */
  public FieldVector utf8Upper(FieldVector values) {
    return elementwise.call(Functions.UTF8_UPPER, values);
  }

  /** Returns values with letters in lower case: {@link Functions#UTF8_LOWER}. */
  public FieldVector utf8Lower(FieldVector values) {
    return elementwise.call(Functions.UTF8_LOWER, values);
  }

  /** Returns values from the last character to the first: {@link Functions#UTF8_REVERSE}. */
  public FieldVector utf8Reverse(FieldVector values) {
    return elementwise.call(Functions.UTF8_REVERSE, values);
  }

  /**
   * Returns values without white space of ASCII at the ends: {@link
   * TextFunctions#ASCII_TRIM_WHITESPACE}.
   */
  public FieldVector asciiTrimWhitespace(FieldVector values) {
    return elementwise.call(TextFunctions.ASCII_TRIM_WHITESPACE, values);
  }

  /**
   * Returns values without white space of ASCII at the start: {@link
   * TextFunctions#ASCII_LTRIM_WHITESPACE}.
   */
  public FieldVector asciiLtrimWhitespace(FieldVector values) {
    return elementwise.call(TextFunctions.ASCII_LTRIM_WHITESPACE, values);
  }

  /**
   * Returns values without white space of ASCII at the end: {@link
   * TextFunctions#ASCII_RTRIM_WHITESPACE}.
   */
  public FieldVector asciiRtrimWhitespace(FieldVector values) {
    return elementwise.call(TextFunctions.ASCII_RTRIM_WHITESPACE, values);
  }

  /** Returns values without white space at the ends: {@link TextFunctions#UTF8_TRIM_WHITESPACE}. */
  public FieldVector utf8TrimWhitespace(FieldVector values) {
    return elementwise.call(TextFunctions.UTF8_TRIM_WHITESPACE, values);
  }

  /**
   * Returns values without white space at the start: {@link TextFunctions#UTF8_LTRIM_WHITESPACE}.
   */
  public FieldVector utf8LtrimWhitespace(FieldVector values) {
    return elementwise.call(TextFunctions.UTF8_LTRIM_WHITESPACE, values);
  }

  /** Returns values without white space at the end: {@link TextFunctions#UTF8_RTRIM_WHITESPACE}. */
  public FieldVector utf8RtrimWhitespace(FieldVector values) {
    return elementwise.call(TextFunctions.UTF8_RTRIM_WHITESPACE, values);
  }

  /** Returns values with the first letter in upper case: {@link TextFunctions#UTF8_CAPITALIZE}. */
  public FieldVector utf8Capitalize(FieldVector values) {
    return elementwise.call(TextFunctions.UTF8_CAPITALIZE, values);
  }

  /**
   * Returns values with the first letters of words in title case: {@link
   * TextFunctions#UTF8_CAPITALIZE_WORDS}.
   */
  public FieldVector utf8CapitalizeWords(FieldVector values) {
    return elementwise.call(TextFunctions.UTF8_CAPITALIZE_WORDS, values);
  }

  /** Returns what words sound like: {@link TextFunctions#SOUNDEX}. */
  public FieldVector soundex(FieldVector values) {
    return elementwise.call(TextFunctions.SOUNDEX, values);
  }

  /** Returns numbers of first characters: {@link TextFunctions#FIRST_CODEPOINT}. */
  public FieldVector firstCodepoint(FieldVector values) {
    return elementwise.call(TextFunctions.FIRST_CODEPOINT, values);
  }

  /** Returns bytes in digits of base 16: {@link TextFunctions#HEX}. */
  public FieldVector hex(FieldVector values) {
    return elementwise.call(TextFunctions.HEX, values);
  }

  /** Returns bytes of digits of base 16: {@link TextFunctions#UNHEX}. */
  public FieldVector unhex(FieldVector values) {
    return elementwise.call(TextFunctions.UNHEX, values);
  }

  /** Returns bytes in digits of base 64: {@link TextFunctions#BASE64}. */
  public FieldVector base64(FieldVector values) {
    return elementwise.call(TextFunctions.BASE64, values);
  }

  /** Returns bytes of digits of base 64: {@link TextFunctions#UNBASE64}. */
  public FieldVector unbase64(FieldVector values) {
    return elementwise.call(TextFunctions.UNBASE64, values);
  }

  /** Returns distances of values from others: {@link TextFunctions#LEVENSHTEIN}. */
  public FieldVector levenshtein(FieldVector values, FieldVector others) {
    return elementwise.call(TextFunctions.LEVENSHTEIN, values, others);
  }

  /** Returns distances of values from one string: {@link TextFunctions#LEVENSHTEIN}. */
  public FieldVector levenshtein(FieldVector values, Scalar other) {
    return elementwise.call(TextFunctions.LEVENSHTEIN, values, other);
  }

  /** Returns values without some characters at the ends: {@link TextFunctions#utf8Trim}. */
  public FieldVector utf8Trim(FieldVector values, String characters) {
    return elementwise.call(TextFunctions.utf8Trim(characters), values);
  }

  /** Returns values without some characters at the start: {@link TextFunctions#utf8LeftTrim}. */
  public FieldVector utf8LeftTrim(FieldVector values, String characters) {
    return elementwise.call(TextFunctions.utf8LeftTrim(characters), values);
  }

  /** Returns values without some characters at the end: {@link TextFunctions#utf8RightTrim}. */
  public FieldVector utf8RightTrim(FieldVector values, String characters) {
    return elementwise.call(TextFunctions.utf8RightTrim(characters), values);
  }

  /** Returns values filled up on the left: {@link TextFunctions#utf8LeftPad}. */
  public FieldVector utf8LeftPad(FieldVector values, int width, String padding) {
    return elementwise.call(TextFunctions.utf8LeftPad(width, padding), values);
  }

  /** Returns values filled up on the right: {@link TextFunctions#utf8RightPad}. */
  public FieldVector utf8RightPad(FieldVector values, int width, String padding) {
    return elementwise.call(TextFunctions.utf8RightPad(width, padding), values);
  }

  /** Returns values filled up on both sides: {@link TextFunctions#utf8Center}. */
  public FieldVector utf8Center(FieldVector values, int width, String padding) {
    return elementwise.call(TextFunctions.utf8Center(width, padding), values);
  }

  /** Returns bytes filled up on the left: {@link TextFunctions#binaryLeftPad}. */
  public FieldVector binaryLeftPad(FieldVector values, int width, byte padding) {
    return elementwise.call(TextFunctions.binaryLeftPad(width, padding), values);
  }

  /** Returns bytes filled up on the right: {@link TextFunctions#binaryRightPad}. */
  public FieldVector binaryRightPad(FieldVector values, int width, byte padding) {
    return elementwise.call(TextFunctions.binaryRightPad(width, padding), values);
  }

  /** Returns bytes at which a part begins: {@link TextFunctions#findSubstring}. */
  public FieldVector findSubstring(FieldVector values, String part) {
    return elementwise.call(TextFunctions.findSubstring(part), values);
  }

  /** Returns characters at which a part begins: {@link TextFunctions#utf8Find}. */
  public FieldVector utf8Find(FieldVector values, String part) {
    return elementwise.call(TextFunctions.utf8Find(part), values);
  }

  /** Returns how often a part lies in values: {@link TextFunctions#countSubstring}. */
  public FieldVector countSubstring(FieldVector values, String part) {
    return elementwise.call(TextFunctions.countSubstring(part), values);
  }

  /** Returns values so many times: {@link TextFunctions#binaryRepeat}. */
  public FieldVector binaryRepeat(FieldVector values, int times) {
    return elementwise.call(TextFunctions.binaryRepeat(times), values);
  }

  /**
   * Returns values with other characters in some places: {@link TextFunctions#utf8ReplaceSlice}.
   */
  public FieldVector utf8ReplaceSlice(FieldVector values, int start, int stop, String replacement) {
    return elementwise.call(TextFunctions.utf8ReplaceSlice(start, stop, replacement), values);
  }

  /** Returns values with some characters replaced: {@link TextFunctions#translate}. */
  public FieldVector translate(FieldVector values, String from, String to) {
    return elementwise.call(TextFunctions.translate(from, to), values);
  }

  /** Returns parts of values between delimiters: {@link TextFunctions#splitPart}. */
  public FieldVector splitPart(FieldVector values, String delimiter, int part) {
    return elementwise.call(TextFunctions.splitPart(delimiter, part), values);
  }
}
