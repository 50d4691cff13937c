// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/**
 * Reports that the evaluation of one row failed in ANSI mode. That is one of its results, asked for
 * by callers who catch it row by row: it has no stack trace, which would cost more than the row.
 */
public final class RowErrorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RowError error;

  /** Makes the exception for {@code error}. */
  public RowErrorException(RowError error) {
    super("row in error: error=" + error);
    this.error = error;
  }

  /** Does nothing: there is no stack trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** Returns the reason. */
  public RowError error() {
    return error;
  }
}
