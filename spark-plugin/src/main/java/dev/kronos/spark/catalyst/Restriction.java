// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

/**
 * Says when something that may run on the device stays on the CPU. One text feeds the log, errors
 * and documentation. Immutable.
 *
 * @param reason what the user is told: a constant phrase
 * @param when what brings it about, for the documentation; empty where the reason says it all
 */
public record Restriction(String reason, String when) {

  /** Makes a restriction whose reason says it all. */
  public static Restriction of(String reason) {
    return new Restriction(reason, "");
  }

  /** Returns the reason with what it is about, such as {@code from=string to=int}. */
  public String about(String detail) {
    return reason + ": " + detail;
  }

  /** Makes the exception that ends a translation for this reason. */
  UntranslatableException refusal(String detail) {
    return new UntranslatableException(about(detail));
  }
}
