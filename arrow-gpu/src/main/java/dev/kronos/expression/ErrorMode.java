// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/** Says what an operation does when its result does not exist or does not fit the type. */
public enum ErrorMode {
  /** The row is in error: the whole query fails with the exception of the first such row. */
  ANSI,
  /** The result is null (Spark's {@code try_} functions). */
  NULL,
  /**
   * Integers wrap around and floating point casts saturate; what cannot wrap (division by zero,
   * decimals) is null (Spark without ANSI mode).
   */
  WRAP
}
