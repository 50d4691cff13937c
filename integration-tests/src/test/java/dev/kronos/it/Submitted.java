// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Holds how an application ended that ran through {@code SparkSubmit} in its own process.
 *
 * @param status exit status of the process
 * @param output everything it printed
 */
record Submitted(int status, String output) {
  private static final long LIMIT_SECONDS = 300;

  /** Submits {@code ProbeApp} with the plugin's jar, {@code environment} and {@code settings}. */
  static Submitted run(
      String master, Map<String, String> environment, Map<String, String> settings, String... args)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("kronos-submit", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command(master, settings, args));
      builder.environment().putAll(environment);
      builder.environment().put("SPARK_HOME", System.getProperty("spark.home"));
      builder.environment().put("SPARK_SCALA_VERSION", "2.13");
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("Application hung: seconds=" + LIMIT_SECONDS);
      }
      String output = Files.readString(log, StandardCharsets.UTF_8);
      return new Submitted(process.exitValue(), output);
    } finally {
      Files.deleteIfExists(log);
    }
  }

  /** Returns the lines that begin with {@code start}, the start left out. */
  List<String> lines(String start) {
    return output
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  private static List<String> command(
      String master, Map<String, String> settings, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    // A JVM that lives for seconds gains nothing from the optimising compiler.
    command.addAll(List.of("-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("spark.home") + "/jars/*"));
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
    command.addAll(List.of("--class", "dev.kronos.probe.ProbeApp"));
    command.addAll(List.of("--jars", System.getProperty("kronos.plugin.jar")));
    command.addAll(List.of("--conf", "spark.plugins=dev.kronos.spark.KronosPlugin"));
    command.addAll(List.of("--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--conf", "spark.sql.shuffle.partitions=4"));
    // The probe's table is small: left to the estimates, nothing would reach the device.
    command.addAll(List.of("--conf", "spark.kronos.sql.cost.enabled=false"));
    settings.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.add(applicationJar().toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static File applicationJar() {
    return new File(System.getProperty("kronos.application.jar"));
  }
}
