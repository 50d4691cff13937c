// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import dev.kronos.tpch.TpchGenerator;
import io.trino.tpch.TpchTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Holds the tables that golden queries read: one a file of {@link GoldenFiles#TABLES}, and TPC-H's
 * line items. Each is one Parquet file, so that a query without an order has one order of rows.
 */
final class GoldenTables {
  private static final double TPCH_SCALE = 0.001;

  private final Path folder;

  private GoldenTables(Path folder) {
    this.folder = folder;
  }

  /** Writes the tables below {@code folder} with plain Spark. */
  static GoldenTables write(Path folder) {
    SparkSession spark = KronosSession.spark().newSession();
    spark.conf().set("spark.kronos.sql.enabled", "false");
    for (String table : GoldenFiles.TABLES.names()) {
      spark
          .sql(GoldenFiles.TABLES.read(table))
          .coalesce(1)
          .write()
          .parquet(folder.resolve(table).toString());
    }
    new TpchGenerator(spark, TPCH_SCALE, folder)
        .generate(List.of(TpchTable.LINE_ITEM), table -> {});
    return new GoldenTables(folder);
  }

  /** Opens a session of its own, in which the tables are views and {@code settings} hold. */
  SparkSession session(Map<String, String> settings) {
    SparkSession session = KronosSession.spark().newSession();
    settings.forEach(session.conf()::set);
    Stream.concat(
            GoldenFiles.TABLES.names().stream(), Stream.of(TpchTable.LINE_ITEM.getTableName()))
        .forEach(table -> register(session, table));
    return session;
  }

  private void register(SparkSession session, String table) {
    session.read().parquet(folder.resolve(table).toString()).createOrReplaceTempView(table);
  }
}
