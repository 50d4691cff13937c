// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Tells how generated code holds the values of a type, and how such a value is taken apart into
 * 64-bit words and put together again. In the patterns, {@code $} stands for the value and {@code
 * $0}, {@code $1} for words.
 */
public enum RegisterType {
  /** Booleans. */
  BOOL("bool", "false", "($0 != 0ul)", "uint64_t($)"),
  /** Integers up to 32 bits, dates, decimals up to 9 digits. */
  INT("int", "0", "int($0)", "uint64_t(int64_t($))"),
  /** 64-bit integers, timestamps, decimals up to 18 digits. */
  LONG("int64_t", "0l", "int64_t($0)", "uint64_t($)"),
  /** Decimals above 18 digits. */
  WIDE("i128", "i128(0ul, 0l)", "i128($0, int64_t($1))", "$.lo", "uint64_t($.hi)"),
  /** Single precision. */
  FLOAT("float", "0.0f", "uintBitsToFloat(uint($0))", "uint64_t(floatBitsToUint($))"),
  /** Double precision. */
  DOUBLE("double", "0.0lf", "uint64BitsToDouble($0)", "doubleBitsToUint64($)"),
  /** Address and size of characters. */
  STRING("Str", "Str(0ul, 0u)", "Str($0, uint($1))", "$.address", "uint64_t($.size)");

  private final String glslName;
  private final String zero;
  private final String fromWords;
  private final List<String> toWords;

  RegisterType(String glslName, String zero, String fromWords, String... toWords) {
    this.glslName = glslName;
    this.zero = zero;
    this.fromWords = fromWords;
    this.toWords = List.of(toWords);
  }

  /** Returns how values of a type are held. */
  public static RegisterType of(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> BOOL;
      case INT8, INT16, INT32, DATE -> INT;
      case INT64, TIMESTAMP, TIMESTAMP_NTZ -> LONG;
      case FLOAT32 -> FLOAT;
      case FLOAT64 -> DOUBLE;
      case DECIMAL -> type.precision() <= 9 ? INT : type.precision() <= 18 ? LONG : WIDE;
      case STRING -> STRING;
      default -> of(type.carrier());
    };
  }

  /** Returns the name of the type in GLSL. */
  public String glslName() {
    return glslName;
  }

  /** Returns the expression of a value that stands where there is none. */
  public String zero() {
    return zero;
  }

  /** Returns how many 64-bit words a value takes: 1 or 2. */
  public int words() {
    return toWords.size();
  }

  /** Returns the expression of word {@code index} of a value. */
  public String word(String value, int index) {
    return toWords.get(index).replace("$", value);
  }

  /** Returns the expression of a value made of words. */
  public String value(List<String> words) {
    String text = fromWords.replace("$0", words.get(0));
    return words.size() == 1 ? text : text.replace("$1", words.get(1));
  }
}
