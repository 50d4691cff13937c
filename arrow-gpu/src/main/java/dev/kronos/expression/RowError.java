// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/** Names the reasons why a row is in error; kernels report the {@link #code()}. */
public enum RowError {
  /** An integer operation left the range of its type. */
  OVERFLOW(1),
  /** A division or remainder by zero. */
  DIVIDE_BY_ZERO(2),
  /** A cast met a value outside the range of the target type. */
  CAST(3),
  /** A decimal does not fit the precision of its type. */
  DECIMAL_PRECISION(4),
  /** An index is outside its array. */
  INDEX(5);

  private final int code;

  RowError(int code) {
    this.code = code;
  }

  /** Returns the code that kernels store: 1 or more; 0 means no error. */
  public int code() {
    return code;
  }

  /**
   * Returns the error of a code.
   *
   * @throws IllegalArgumentException when no error has the code
   */
  public static RowError of(int code) {
    for (RowError error : values()) {
      if (error.code == code) {
        return error;
      }
    }
    throw new IllegalArgumentException("unknown row error: code=" + code);
  }
}
