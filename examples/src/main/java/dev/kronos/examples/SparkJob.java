// SPDX-License-Identifier: Apache-2.0
package dev.kronos.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a Spark query with the plugin. All it needs is the setting {@code spark.plugins}; with
 * {@code spark-submit} it is given on the command line and the program knows nothing of it.
 */
public final class SparkJob {
  private SparkJob() {}

  /** Runs the example; takes the folder to write a table to. */
  public static void main(String[] arguments) {
    run(Path.of(arguments.length > 0 ? arguments[0] : "sales"), System.out);
  }

  static void run(Path table, PrintStream out) {
    SparkSession spark =
        SparkSession.builder()
            .appName("kronos-example")
            .master("local[2]")
            .config("spark.plugins", "dev.kronos.spark.KronosPlugin")
            // The table is so small that estimates would leave the query to the CPU.
            .config("spark.kronos.sql.cost.enabled", "false")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    try {
      write(spark, table);
      Dataset<Row> totals =
          spark.sql(
              "SELECT shop, sum(price) AS total, count(*) AS sold FROM sales"
                  + " WHERE price >= 500 GROUP BY shop ORDER BY shop");
      List<Row> rows = totals.collectAsList();
      rows.forEach(row -> out.println(row.mkString(" ")));
      out.println(totals.queryExecution().executedPlan().treeString());
    } finally {
      spark.stop();
    }
  }

  private static void write(SparkSession spark, Path table) {
    spark
        .range(0, 100_000, 1, 2)
        .selectExpr("id % 5 AS shop", "CAST(id % 1000 AS DECIMAL(15, 2)) AS price")
        .write()
        .mode("overwrite")
        .parquet(table.toString());
    spark.read().parquet(table.toString()).createOrReplaceTempView("sales");
  }
}
