// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static dev.kronos.column.DataType.INT32;
import static dev.kronos.column.DataType.INT64;
import static dev.kronos.column.DataType.STRING;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Lists functions of words, lists and digits in strings, with Spark's semantics. Characters are
 * those of {@link Substring}.
 */
public enum WordFunction implements ScalarFunction {
  /**
   * The n-th part, from the end if negative, of a string between places of the second; empty where
   * there is none. Fails for 0.
   */
  SPLIT_PART(Failure.ALWAYS, RowWords::splitPart, STRING, STRING, STRING, INT32),
  /** The n-th part, from 0, of a string between places of the second; fails where there is none. */
  SPLIT_ITEM(Failure.BY_MODE, RowWords::splitItem, STRING, STRING, STRING, INT32),
  /** The place, from 1, of the first in a list with commas between; 0 if not there or no word. */
  FIND_IN_SET(Failure.NEVER, RowWords::findInSet, INT32, STRING, STRING),
  /** Four characters that English words of one sound share; as it is if no letter comes first. */
  SOUNDEX(Failure.NEVER, RowWords::soundex, STRING, STRING),
  /** How many characters to put in, to leave out or to replace make one of the other. */
  LEVENSHTEIN(Failure.NEVER, RowWords::levenshtein, INT32, STRING, STRING),
  /** The characters at the start of words by a first {@link CaseTable}, the others by a second. */
  INITCAP(Failure.NEVER, RowWords::initcap, STRING, STRING, STRING, STRING),
  /** A number, taken as unsigned, in digits of base 16, without leading zeros. */
  HEX(Failure.NEVER, v -> Utf8.of(hex((Long) v.get(0))), STRING, INT64),
  /** The bytes of a string, two digits of base 16 each. */
  HEX_BYTES(Failure.NEVER, RowWords::hexBytes, STRING, STRING),
  /** A number, taken as unsigned, in digits of base 2, without leading zeros. */
  BIN(Failure.NEVER, v -> Utf8.of(Long.toBinaryString((Long) v.get(0))), STRING, INT64);

  private final Definition definition;

  WordFunction(
      Failure failure, Function<List<Object>, Object> java, DataType type, DataType... operands) {
    definition = new Definition(Signature.of(type, operands), failure, java);
  }

  private static String hex(long number) {
    return Long.toHexString(number).toUpperCase(Locale.ROOT);
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public boolean makesText() {
    return this != SPLIT_PART && this != SPLIT_ITEM && this != FIND_IN_SET;
  }

  @Override
  public String family() {
    return "words";
  }
}
