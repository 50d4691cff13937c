// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that submits Spark jobs. */
final class SparkOptions {
  @Option(
      names = "--home",
      defaultValue = "${sys:kronos.home:-.}",
      hidden = true,
      description = "The project's folder.")
  private Path home;

  @Option(names = "--spark-home", description = "Folder of a Spark installation.")
  private Path sparkHome;

  @Option(names = "--plugin-jar", description = "The plugin's jar.")
  private Path pluginJar;

  @Option(names = "--application-jar", description = "The jar with the TPC-H application.")
  private Path applicationJar;

  @Option(
      names = "--master",
      defaultValue = "local[*]",
      description = "Spark master (default: ${DEFAULT-VALUE}).")
  private String master;

  @Option(
      names = "--driver-memory",
      defaultValue = "4g",
      description = "Heap of the Spark driver (default: ${DEFAULT-VALUE}).")
  private String driverMemory;

  @Option(names = "--conf", description = "Further Spark settings, key=value.")
  private Map<String, String> conf = new LinkedHashMap<>();

  @Option(names = "--data", description = "Folder of TPC-H tables; generated when absent.")
  private Path data;

  @Option(names = "--work", description = "Folder for logs and generated tables.")
  private Path work;

  String master() {
    return master;
  }

  Map<String, String> settings() {
    return conf;
  }

  /** Returns the folder for logs and generated data. */
  Path work() {
    return work != null ? work : home.resolve("target/tpch").toAbsolutePath().normalize();
  }

  /** Returns where the tables of {@code scale} lie or will lie. */
  Path data(double scale) {
    return data != null ? data.toAbsolutePath() : work().resolve("sf" + scale);
  }

  /** Returns a job with {@code settings}, its log below the work folder. */
  SparkJob job(Map<String, String> settings) {
    Path log = work().resolve("logs/spark.log");
    return new SparkJob(layout(), master, driverMemory, settings, Optional.empty(), log);
  }

  private Layout layout() {
    if (sparkHome != null && pluginJar != null && applicationJar != null) {
      return new Layout(sparkHome, pluginJar, applicationJar);
    }
    return Layout.ofProject(home.toAbsolutePath().normalize());
  }
}
