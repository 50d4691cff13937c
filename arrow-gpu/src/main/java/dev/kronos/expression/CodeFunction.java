// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static dev.kronos.column.DataType.INT32;
import static dev.kronos.column.DataType.INT64;
import static dev.kronos.column.DataType.STRING;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.function.Function;

/**
 * Lists functions that write and read bytes and numbers in other ways, with Spark's semantics.
 * Bytes are those of strings, which need not be characters.
 */
public enum CodeFunction implements ScalarFunction {
  /**
   * The whole number at the start of a string, read in a base of 2 to 36 and written in one of 2 to
   * 36, as an unsigned number of 64 bits, or of -36 to -2, as a signed one. Nothing is 0; what is
   * larger than 64 bits is all ones.
   */
  CONV(Failure.NEVER, v -> RowCodes.conv(v, false), STRING, STRING, INT32, INT32),
  /** As CONV; fails where the number is larger than 64 bits. */
  CONV_EXACT(Failure.ALWAYS, v -> RowCodes.conv(v, true), STRING, STRING, INT32, INT32),
  /**
   * Bytes in digits of base 64, filled up with =; in lines of so many digits, a multiple of 4, with
   * CR and LF between, or in one for 0.
   */
  BASE64(Failure.NEVER, RowCodes::base64, STRING, STRING, INT32),
  /** The bytes of digits of base 64, among which other characters do not count. */
  UNBASE64(Failure.ALWAYS, RowCodes::unbase64, STRING, STRING),
  /** The bytes of digits of base 16, of which the first byte may have one; fails for others. */
  UNHEX(Failure.BY_MODE, RowCodes::unhex, STRING, STRING),
  /**
   * The bytes of a string as a form sends them: letters and digits of ASCII and . - * _ as they
   * are, + for spaces, % and two digits of base 16 for others.
   */
  URL_ENCODE(Failure.NEVER, RowCodes::urlEncode, STRING, STRING),
  /** A number in digits, perhaps with a point among them, with commas between thousands. */
  THOUSANDS(Failure.NEVER, RowCodes::thousands, STRING, STRING),
  /** The product of the numbers from 1 to one of 0 to 20; fails for others. */
  FACTORIAL(Failure.BY_MODE, RowCodes::factorial, INT64, INT32);

  private final Definition definition;

  CodeFunction(
      Failure failure, Function<List<Object>, Object> java, DataType type, DataType... operands) {
    definition = new Definition(Signature.of(type, operands), failure, java);
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public boolean makesText() {
    return this != FACTORIAL;
  }

  @Override
  public String family() {
    return "codes";
  }
}
