// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.conf;

import dev.kronos.KronosException;
import dev.kronos.OptionType;
import java.util.Objects;

/**
 * Declares one setting of the plugin: its key, type, default and documentation, once. Immutable.
 *
 * @param key the whole key, such as {@code spark.kronos.sql.enabled}
 * @param type how its text is read
 * @param defaultText the text of its default value
 * @param documentation one or two sentences for the table of settings
 * @param <T> the class of its values
 */
public record ConfEntry<T>(
    String key, OptionType<T> type, String defaultText, String documentation) {

  /** Checks that nothing is missing. */
  public ConfEntry {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(defaultText, "defaultText");
    Objects.requireNonNull(documentation, "documentation");
  }

  /**
   * Reads a value.
   *
   * @param text the text of the value, or null for the default
   * @return the value
   * @throws KronosException.InvalidArgument naming key, value and what is allowed
   */
  public T parse(String text) {
    if (text == null) {
      return type.parser().apply(defaultText);
    }
    try {
      return type.parser().apply(text.trim());
    } catch (IllegalArgumentException e) {
      throw new KronosException.InvalidArgument(
          KronosException.message(
              "wrong setting", "key", key, "value", text, "allowed", type.allowed()),
          e);
    }
  }
}
