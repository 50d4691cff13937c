// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.conf;

import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Holds the planner's settings for one query. Immutable.
 *
 * @param enabled whether anything runs on the device
 * @param explain what is written to the log
 * @param strict whether leaving a node on the CPU is an error
 * @param cost whether parts that are estimated to be slower on the device stay on the CPU; never in
 *     strict mode
 * @param allowed names of nodes that strict mode lets stay on the CPU
 */
public record SqlSettings(
    boolean enabled, ExplainMode explain, boolean strict, boolean cost, Set<String> allowed) {

  /** Copies the set. */
  public SqlSettings {
    allowed = Set.copyOf(allowed);
  }

  /**
   * Reads the settings.
   *
   * @param settings gives the text of a key, or null when it is not set
   * @throws dev.kronos.KronosException.InvalidArgument naming key, value and what is allowed
   */
  public static SqlSettings read(UnaryOperator<String> settings) {
    boolean strict = value(KronosConf.SQL_STRICT, settings);
    return new SqlSettings(
        value(KronosConf.SQL_ENABLED, settings),
        value(KronosConf.SQL_EXPLAIN, settings),
        strict,
        value(KronosConf.SQL_COST_ENABLED, settings) && !strict,
        names(value(KronosConf.SQL_STRICT_ALLOW, settings)));
  }

  private static <T> T value(ConfEntry<T> entry, UnaryOperator<String> settings) {
    return entry.parse(settings.apply(entry.key()));
  }

  private static Set<String> names(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
