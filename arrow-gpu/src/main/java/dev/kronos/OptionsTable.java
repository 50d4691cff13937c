// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

/**
 * Writes the table of options, {@code docs/generated/options.md}, from {@link KronosOption}. A test
 * compares the file with it.
 */
final class OptionsTable {
  private static final String HEADER =
      """
      # Options of the Kronos runtime

      Generated from `dev.kronos.KronosOption`; do not edit. The key of an option is also a system
      property with the prefix `kronos.` and a Spark setting with the prefix `spark.kronos.`. Where
      several give a value, the Spark setting wins over the system property, and that over the
      environment variable. The settings of Spark that are not about the device are in
      [spark-settings.md](spark-settings.md).

      | key | environment variable | default | allowed | meaning |
      |---|---|---|---|---|
      """;

  private OptionsTable() {}

  /** Returns the table as Markdown. */
  static String markdown() {
    StringBuilder text = new StringBuilder(HEADER);
    for (KronosOption<?> option : KronosOption.ALL) {
      text.append("| `").append(option.key());
      text.append("` | `").append(option.environmentVariable());
      text.append("` | ").append(option.defaultText().isEmpty() ? "" : code(option.defaultText()));
      text.append(" | ").append(option.type().allowed());
      text.append(" | ").append(option.documentation()).append(" |\n");
    }
    return text.toString();
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
