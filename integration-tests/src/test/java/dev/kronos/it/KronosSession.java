// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import dev.kronos.compare.Answer;
import dev.kronos.plans.PlanReport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;

/**
 * Shares one local session with the plugin among the tests of a JVM: starting Spark costs more than
 * most tests.
 */
public final class KronosSession {
  /** Where tables lie; JVMs that run at the same time need one each. */
  private static final String WAREHOUSE =
      System.getProperty("kronos.warehouse", "target/spark-warehouse");

  private static SparkSession session;

  private KronosSession() {}

  /**
   * Returns the session, started at the first call; validation is on unless a property says not.
   */
  public static SparkSession spark() {
    return spark(Map.of());
  }

  /** Ends the session and starts another, with more settings: those that hold for its life. */
  static synchronized void restart(Map<String, String> settings) {
    if (session != null) {
      session.stop();
      session = null;
    }
    spark(settings);
  }

  private static synchronized SparkSession spark(Map<String, String> settings) {
    if (session == null) {
      session = builder().config(new HashMap<>(settings)).getOrCreate();
      session.sparkContext().setLogLevel("WARN");
    }
    return session;
  }

  private static SparkSession.Builder builder() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("kronos-it")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.plugins", "dev.kronos.spark.KronosPlugin")
        .config("spark.kronos.required", "true")
        .config("spark.kronos.validation", System.getProperty("kronos.validation", "true"))
        // Tables of tests are small: left to the estimates, nothing would reach the device.
        .config("spark.kronos.sql.cost.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.warehouse.dir", WAREHOUSE)
        // Plans are compared as text: nothing of it may be cut off.
        .config("spark.sql.debug.maxToStringFields", "1000")
        .config("spark.sql.maxMetadataStringLength", "10000");
  }

  /** Runs {@code sql} with every node on the CPU. */
  static Answer onCpu(String sql) {
    return with(Map.of("spark.kronos.sql.enabled", "false"), () -> Answer.of(spark().sql(sql)));
  }

  /** Runs {@code sql} with the plugin; a node that could not be replaced fails the query. */
  static Answer onDevice(String sql) {
    return with(Map.of("spark.kronos.sql.strict", "true"), () -> Answer.of(spark().sql(sql)));
  }

  /** Runs {@code sql} with the plugin and returns the plan that ran. */
  static SparkPlan planOf(String sql) {
    Dataset<Row> query = spark().sql(sql);
    query.collectAsList();
    return PlanReport.executed(query);
  }

  /** Returns the names of the Kronos nodes that ran for {@code sql}. */
  static List<String> kronosNodes(String sql) {
    return PlanReport.kronosNodes(planOf(sql));
  }

  /** Runs {@code body} under {@code settings} and puts the old ones back. */
  static <T> T with(Map<String, String> settings, Supplier<T> body) {
    Map<String, String> before =
        settings.keySet().stream()
            .filter(key -> spark().conf().getOption(key).isDefined())
            .collect(java.util.stream.Collectors.toMap(key -> key, key -> spark().conf().get(key)));
    settings.forEach(spark().conf()::set);
    try {
      return body.get();
    } finally {
      settings.keySet().forEach(spark().conf()::unset);
      before.forEach(spark().conf()::set);
    }
  }

  /** Runs {@code body}, which gives nothing, under {@code settings} and puts the old ones back. */
  static void under(Map<String, String> settings, Runnable body) {
    with(
        settings,
        () -> {
          body.run();
          return null;
        });
  }

  /**
   * Writes the rows of {@code sql}, computed by plain Spark, to Parquet files and registers them as
   * a view.
   *
   * @param folder where the files go, in a folder of the view's name
   * @param view the view's name
   * @param files how many files
   */
  static void write(Path folder, String view, String sql, int files) {
    String path = folder.resolve(view).toString();
    under(
        Map.of("spark.kronos.sql.enabled", "false"),
        () -> spark().sql(sql).repartition(files).write().parquet(path));
    spark().read().parquet(path).createOrReplaceTempView(view);
  }
}
