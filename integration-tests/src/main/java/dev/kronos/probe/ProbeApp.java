// SPDX-License-Identifier: Apache-2.0
package dev.kronos.probe;

import dev.kronos.plans.PlanReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Answers one small aggregate as a Spark application and prints the answer and the plan. */
public final class ProbeApp {
  private ProbeApp() {}

  /** Runs the probe in whatever session {@code SparkSubmit} configures. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("kronos-probe");
    try (SparkSession spark = SparkSession.builder().appName("probe").getOrCreate()) {
      String table = folder.resolve("t").toString();
      spark.range(0, 1000, 1, 4).write().parquet(table);
      spark.read().parquet(table).createOrReplaceTempView("t");
      Dataset<Row> query = spark.sql("SELECT sum(id), count(*) FROM t WHERE id >= 0");
      Row answer = query.collectAsList().get(0);
      System.out.println(PlanReport.executed(query).treeString());
      System.out.println("PROBE ANSWER " + answer.getLong(0) + " " + answer.getLong(1));
    }
  }
}
