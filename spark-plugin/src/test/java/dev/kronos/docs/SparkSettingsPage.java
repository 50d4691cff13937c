// SPDX-License-Identifier: Apache-2.0
package dev.kronos.docs;

import dev.kronos.spark.conf.KronosConf;
import dev.kronos.spark.conf.KronosConf.Described;
import java.util.List;

/** Writes {@code docs/generated/spark-settings.md} from {@link KronosConf}. */
final class SparkSettingsPage {
  private SparkSettingsPage() {}

  static String markdown() {
    return """
        # Spark settings

        Generated from `dev.kronos.spark.conf.KronosConf`; do not edit. A key that begins with
        `spark.kronos.` and is not listed here fails the start of the application, as does a value that is
        not allowed.

        ## The planner

        May be changed from query to query, in a session.

        %s
        ## The device

        Read once, when the application starts. The same options serve without Spark, as system properties
        and environment variables: [options.md](options.md).

        %s"""
        .formatted(table(KronosConf.describedPlanner()), table(KronosConf.describedDevice()));
  }

  private static MarkdownTable table(List<Described> settings) {
    MarkdownTable table = MarkdownTable.of("key", "default", "allowed", "meaning");
    for (Described s : settings) {
      table.row(
          MarkdownTable.code(s.key()),
          MarkdownTable.code(s.defaultText()),
          s.allowed(),
          s.documentation());
    }
    return table;
  }
}
