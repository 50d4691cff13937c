// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

/** Leaves a translation early, from any depth; never leaves this package. */
final class UntranslatableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with the reason for the user. */
  UntranslatableException(String reason) {
    // An everyday outcome, not a fault: no stack.
    super(reason, null, false, false);
  }
}
