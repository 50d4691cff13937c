// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static dev.kronos.column.DataType.INT32;
import static dev.kronos.column.DataType.INT64;
import static dev.kronos.column.DataType.STRING;
import static dev.kronos.column.DataType.TIMESTAMP;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Lists functions of strings that are null where an operand is, with Spark's semantics. Characters
 * are those of {@link Substring}.
 */
public enum TextFunction {
  /** The characters mapped by a table, the second operand: {@link CaseTable}. */
  MAP("text_mapped", true, STRING, STRING, STRING),
  /** The string so many times; nothing for 0 and below. */
  REPEAT("text_repeat", true, STRING, STRING, INT32),
  /** The characters from the last to the first. */
  REVERSE("text_reverse", true, STRING, STRING),
  /** The string with the third for each place of the second, from the left; as it is if empty. */
  REPLACE("text_replace", true, STRING, STRING, STRING, STRING),
  /**
   * The characters of the second replaced by those at their places in the third, or left out where
   * that is shorter; the first place of a character counts.
   */
  TRANSLATE("text_translate", true, STRING, STRING, STRING, STRING),
  /** The string filled up on the left, or cut off, to a length in characters. */
  PAD_LEFT("text_lpad", true, STRING, STRING, INT32, STRING),
  /** The string filled up on the right, or cut off, to a length in characters. */
  PAD_RIGHT("text_rpad", true, STRING, STRING, INT32, STRING),
  /** The character of the low 8 bits of a number; the empty string for a negative one. */
  CHARACTER("text_chr", true, STRING, INT64),
  /**
   * Date and time of an instant and its offset in seconds, with as many digits of the fraction as
   * are no zeros at its end.
   */
  TIME("text_time", true, STRING, TIMESTAMP, INT32),
  /** What lies before the n-th place of a part; behind it, counted from the end, if negative. */
  BEFORE("str_before", false, STRING, STRING, STRING, INT32),
  /** The string without characters at its start that lie in the second. */
  TRIM_START_OF("str_trim_start_of", false, STRING, STRING, STRING),
  /** The string without characters at its end that lie in the second. */
  TRIM_END_OF("str_trim_end_of", false, STRING, STRING, STRING),
  /** The character, from 1, at which the first lies in the second from the third on; 0 if not. */
  LOCATE("str_locate", false, INT32, STRING, STRING, INT32),
  /**
   * Bytes of the string: so many from the n-th on, counted as {@link Substring} counts characters,
   * in 32 bits that wrap around: from the place -2147483648 on lies all of it, as in Spark.
   */
  SLICE("str_slice", false, STRING, STRING, INT32, INT32),
  /** The code of the first character, 65533 where it is malformed, 0 of the empty string. */
  FIRST_CODE("str_code_point", false, INT32, STRING);

  private final String function;
  private final boolean makes;
  private final DataType type;
  private final List<DataType> operands;

  TextFunction(String function, boolean makes, DataType type, DataType... operands) {
    this.function = function;
    this.makes = makes;
    this.type = type;
    this.operands = List.of(operands);
  }

  /** Returns the name of the function in GLSL. */
  String function() {
    return function;
  }

  /** Returns what declares the function in GLSL. */
  String include() {
    if (this == TIME) {
      return "value_text.glsl";
    }
    return makes ? MadeText.INCLUDE : "text.glsl";
  }

  /** Tells whether the value is new characters, not a view of an operand's. */
  boolean makesText() {
    return makes;
  }

  /** Returns the type of the value. */
  public DataType type() {
    return type;
  }

  /** Returns the types of the operands. */
  public List<DataType> operands() {
    return operands;
  }
}
