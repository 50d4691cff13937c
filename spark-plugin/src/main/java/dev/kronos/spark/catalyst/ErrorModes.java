// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.ErrorMode;
import scala.Enumeration;

/**
 * Translates how Spark's expressions treat errors; always read off the expression, not the conf.
 */
final class ErrorModes {
  private ErrorModes() {}

  /** Translates an {@code EvalMode}. */
  static ErrorMode of(Enumeration.Value evalMode) {
    return switch (evalMode.toString()) {
      case "ANSI" -> ErrorMode.ANSI;
      case "TRY" -> ErrorMode.NULL;
      case "LEGACY" -> ErrorMode.WRAP;
      default -> throw new UntranslatableException("evaluation mode is not known: " + evalMode);
    };
  }

  /** Translates a {@code failOnError} of an expression that wraps otherwise. */
  static ErrorMode failing(boolean failOnError) {
    return failOnError ? ErrorMode.ANSI : ErrorMode.WRAP;
  }

  /** Translates a {@code nullOnOverflow}. */
  static ErrorMode nulling(boolean nullOnOverflow) {
    return nullOnOverflow ? ErrorMode.NULL : ErrorMode.ANSI;
  }
}
