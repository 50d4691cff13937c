// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

/** Reports that the evaluation of one row failed in ANSI mode. */
public final class RowErrorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RowError error;

  /** Makes the exception for {@code error}. */
  public RowErrorException(RowError error) {
    super("row in error: error=" + error);
    this.error = error;
  }

  /** Returns the reason. */
  public RowError error() {
    return error;
  }
}
