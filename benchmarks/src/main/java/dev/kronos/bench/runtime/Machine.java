// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.result.Environment;
import dev.kronos.device.DeviceInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds out what a result must say about the machine. */
public final class Machine {

  private static final String UNKNOWN = "unknown";
  private static final String DRIVER = ", driver ";

  private Machine() {}

  /** Describes the machine, its software and a device of it. */
  public static Environment describe(DeviceInfo device) {
    String driver = device.driver().name() + " " + device.driver().version();
    return describe(device.name(), driver, device.apiVersion().toString());
  }

  /**
   * Describes the machine and a device that another process ran on.
   *
   * @param device as Kronos names it to Spark: {@code NAME, driver DRIVER}
   */
  public static Environment describe(String device) {
    int comma = device.indexOf(DRIVER);
    return comma < 0
        ? describe(device, UNKNOWN, UNKNOWN)
        : describe(device.substring(0, comma), device.substring(comma + DRIVER.length()), UNKNOWN);
  }

  private static Environment describe(String device, String driver, String vulkan) {
    return new Environment(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        device,
        driver,
        vulkan,
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        commit());
  }

  private static String cpu() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** Asks git; the property serves where there are jars only. */
  private static String commit() {
    String given = System.getProperty("kronos.commit");
    if (given != null) {
      return given;
    }
    String home = System.getProperty("kronos.home", ".");
    try {
      Process git =
          new ProcessBuilder("git", "-C", home, "describe", "--always", "--dirty", "--abbrev=12")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? text : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }
}
