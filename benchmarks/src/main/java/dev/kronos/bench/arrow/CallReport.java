// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.bench.result.Environment;
import java.util.List;

/**
 * Holds what calls took beside loops, by the clock, from vectors to vectors.
 *
 * @param environment where it ran
 * @param command the options that it was given
 * @param repeats runs of each, of which the best counts
 * @param rows a row a call
 */
public record CallReport(Environment environment, String command, int repeats, List<Row> rows) {

  /**
   * Holds one call.
   *
   * @param family which page of the documentation has it
   * @param call what was called
   * @param elements rows that went in
   * @param nanos best time of the call
   * @param loop what was done in plain Java, on one thread
   * @param loopNanos best time of that
   */
  public record Row(
      String family, String call, long elements, double nanos, String loop, double loopNanos) {}
}
