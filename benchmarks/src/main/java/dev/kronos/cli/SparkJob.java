// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Submits one application through Spark's own {@code SparkSubmit} in a process of its own, as
 * {@code spark-submit} of a Spark distribution would.
 *
 * @param layout where Spark and the jars lie
 * @param master Spark master, for example {@code local[2]}
 * @param driverMemory heap of the driver in Java's notation, for example {@code 4g}
 * @param settings values for {@code --conf}, in order
 * @param plugin the plugin that takes work off Spark, empty for plain Spark
 * @param log receives everything the process prints
 */
record SparkJob(
    Layout layout,
    String master,
    String driverMemory,
    Map<String, String> settings,
    Optional<SparkPlugin> plugin,
    Path log) {

  /** Returns this job with Kronos' jar and {@code spark.plugins} added. */
  SparkJob withKronos() {
    return with(SparkPlugin.kronos(layout.pluginJar()));
  }

  /** Returns this job with a plugin's jar, {@code spark.plugins} and its settings added. */
  SparkJob with(SparkPlugin other) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    other.settings().forEach(more::putIfAbsent);
    more.put("spark.plugins", other.className());
    if (other.onClassPath()) {
      more.put("spark.executor.extraClassPath", other.jar().toAbsolutePath().toString());
    }
    return new SparkJob(layout, master, driverMemory, more, Optional.of(other), log);
  }

  /** Returns this job with one setting more, or another value of one that it has. */
  SparkJob withSetting(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(key, value);
    return new SparkJob(layout, master, driverMemory, more, plugin, log);
  }

  /** Returns this job with its output in another file. */
  SparkJob withLog(Path other) {
    return new SparkJob(layout, master, driverMemory, settings, plugin, other);
  }

  /**
   * Runs {@code mainClass} of the application jar and waits for its end.
   *
   * @throws IllegalStateException when the application fails; the message names its log
   */
  void run(String mainClass, List<String> arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(mainClass, arguments));
    builder.environment().put("SPARK_HOME", layout.sparkHome().toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    int status = builder.start().waitFor();
    if (status != 0) {
      throw new IllegalStateException(
          "Spark application failed: status=" + status + ", log=" + log.toAbsolutePath());
    }
  }

  private List<String> command(String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    command.add("-Xmx" + driverMemory);
    command.add("-cp");
    command.add(classPath());
    command.add("org.apache.spark.deploy.SparkSubmit");
    command.addAll(submitOptions(mainClass));
    command.add(layout.applicationJar().toString());
    command.addAll(arguments);
    return command;
  }

  private String classPath() {
    String spark = layout.sparkHome().resolve("jars") + File.separator + "*";
    return plugin
        .filter(SparkPlugin::onClassPath)
        .map(other -> spark + File.pathSeparator + other.jar().toAbsolutePath())
        .orElse(spark);
  }

  private List<String> submitOptions(String mainClass) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--master", master, "--driver-memory", driverMemory));
    options.addAll(List.of("--class", mainClass));
    plugin
        .filter(other -> !other.onClassPath())
        .ifPresent(other -> options.addAll(List.of("--jars", other.jar().toString())));
    settings.forEach((key, value) -> options.addAll(List.of("--conf", key + "=" + value)));
    return options;
  }

  /** Returns the settings as they would be typed after {@code spark-submit}. */
  String settingsText() {
    return settings.entrySet().stream()
        .map(entry -> "--conf " + entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
