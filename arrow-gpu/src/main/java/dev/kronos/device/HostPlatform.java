// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Describes the machine as far as advice depends on it.
 *
 * @param operatingSystem value of the system property {@code os.name}
 * @param architecture value of the system property {@code os.arch}
 * @param distributions identifiers of the distribution and of those it is like, such as "ubuntu"
 *     and "debian"; empty when unknown
 */
public record HostPlatform(
    String operatingSystem, String architecture, List<String> distributions) {
  private static final Path OS_RELEASE = Path.of("/etc/os-release");

  /** Copies the list. */
  public HostPlatform {
    distributions = List.copyOf(distributions);
  }

  /** Returns the machine that this process runs on. */
  public static HostPlatform current() {
    return new HostPlatform(
        System.getProperty("os.name", "unknown"),
        System.getProperty("os.arch", "unknown"),
        readOsRelease());
  }

  /** Returns the values of ID and ID_LIKE in the text of an os-release file. */
  static List<String> parseOsRelease(String text) {
    List<String> identifiers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("ID=") || line.startsWith("ID_LIKE=")) {
        String value = line.substring(line.indexOf('=') + 1).replace("\"", "").replace("'", "");
        identifiers.addAll(Arrays.asList(value.trim().toLowerCase(Locale.ROOT).split("\\s+")));
      }
    }
    return identifiers;
  }

  /** Returns one sentence that says how to get a Vulkan device on this machine. */
  public String remedy() {
    if (distributions.contains("debian") || distributions.contains("ubuntu")) {
      return "install a software device with `apt-get install mesa-vulkan-drivers` (as root), or the"
          + " Vulkan driver of your GPU";
    }
    return "install the Vulkan driver of your GPU, or Mesa's software Vulkan driver (lavapipe), with"
        + " the package manager of your system";
  }

  private static List<String> readOsRelease() {
    try {
      return parseOsRelease(Files.readString(OS_RELEASE, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return List.of();
    }
  }
}
