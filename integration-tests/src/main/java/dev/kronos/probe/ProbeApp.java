// SPDX-License-Identifier: Apache-2.0
package dev.kronos.probe;

import dev.kronos.plans.PlanReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs queries that end in different ways as a Spark application: one to its end, one cut short,
 * one failing. Prints answers, a plan, and last what each executor still holds.
 */
public final class ProbeApp {
  private ProbeApp() {}

  /**
   * Runs the probe in whatever session {@code SparkSubmit} configures.
   *
   * @param arguments nothing, or for how many milliseconds a task runs on when the probe ends
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("kronos-probe");
    try (SparkSession spark = SparkSession.builder().appName("probe").getOrCreate()) {
      String table = folder.resolve("t").toString();
      spark.range(0, 1000, 1, 4).write().parquet(table);
      spark.read().parquet(table).createOrReplaceTempView("t");
      aggregate(spark);
      limit(spark);
      fail(spark);
      ExecutorProbe.gauges(spark).forEach(line -> System.out.println("PROBE EXECUTOR " + line));
      if (arguments.length > 0) {
        SlowTask.start(spark, Long.parseLong(arguments[0]));
      }
    }
  }

  private static void aggregate(SparkSession spark) {
    Dataset<Row> query = spark.sql("SELECT sum(id), count(*) FROM t WHERE id >= 0");
    Row answer = query.collectAsList().get(0);
    System.out.println(PlanReport.executed(query).treeString());
    System.out.println("PROBE ANSWER " + answer.getLong(0) + " " + answer.getLong(1));
  }

  private static void limit(SparkSession spark) {
    int rows = spark.sql("SELECT id + 1 FROM t WHERE id >= 0 LIMIT 3").collectAsList().size();
    System.out.println("PROBE LIMIT " + rows);
  }

  private static void fail(SparkSession spark) {
    try {
      spark.sql("SELECT sum(1000 div (id - 700)) FROM t WHERE id >= 0").collectAsList();
    } catch (RuntimeException e) {
      String condition = e instanceof SparkThrowable error ? error.getCondition() : e.toString();
      System.out.println("PROBE ERROR " + condition);
    }
  }
}
