// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.tpch.TpchGenerator;
import io.trino.tpch.TpchTable;
import java.nio.file.Path;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.spark.sql.SparkSession;

/** Generates TPC-H tables once and keeps them for later commands. */
final class TpchData {
  private TpchData() {}

  /** Makes sure that {@code folder} holds the tables at {@code scale}, showing progress. */
  static void ensure(Path folder, double scale, String master) {
    if (TpchGenerator.isComplete(folder)) {
      return;
    }
    SparkSession spark =
        SparkSession.builder()
            .appName("TPC-H generator")
            .master(master)
            .config("spark.ui.enabled", "false")
            // The progress bar is what a user wants to see here.
            .config("spark.log.level", "ERROR")
            .getOrCreate();
    try {
      List<TpchTable<?>> tables = TpchTable.getTables();
      try (ProgressBar bar = progressBar("Generating TPC-H " + scale, tables.size())) {
        new TpchGenerator(spark, scale, folder).generate(tables, table -> advance(bar, table));
      }
    } finally {
      spark.stop();
    }
  }

  private static void advance(ProgressBar bar, String table) {
    bar.setExtraMessage(" " + table);
    bar.step();
  }

  private static ProgressBar progressBar(String task, long steps) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }
}
