// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /** Returns the folder for logs and generated data. */
  private Path work() {
    return work != null ? work : home.resolve("target/tpch").toAbsolutePath().normalize();
  }

  /** Returns the folder of the tables at {@code scale}, which are generated where they are not. */
  Path tables(double scale) {
    Path folder = data != null ? data.toAbsolutePath() : work().resolve("sf" + scale);
    TpchData.ensure(folder, scale, master);
    return folder;
  }

  /**
   * Returns a job without Spark's pages, its log below the work folder.
   *
   * @param defaults settings that the command's user may have chosen otherwise
   */
  SparkJob job(Map<String, String> defaults) {
    Map<String, String> settings = new LinkedHashMap<>(conf);
    settings.putIfAbsent("spark.ui.enabled", "false");
    new TreeMap<>(defaults).forEach(settings::putIfAbsent);
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
