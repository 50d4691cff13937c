// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

/**
 * Holds one thing that the runtime is said to do.
 *
 * @param text what is said
 * @param bar what must be measured for it to be true
 * @param measured what was measured, the worst of it
 * @param verdict whether that meets the bar
 */
public record Claim(String text, String bar, String measured, Verdict verdict) {

  /** Says how a measurement compares with its bar. */
  public enum Verdict {
    /** Meets it. */
    PASS("pass"),
    /** Does not. */
    FALLS_SHORT("falls short"),
    /** Was not measured. */
    NOT_MEASURED("not measured");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** Returns what reports say. */
    public String words() {
      return words;
    }
  }
}
