// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Says what the operating system lends to this process; all zero where that is not Linux.
 *
 * @param residentMebibytes memory in use, after a garbage collection, in MiB
 * @param threads threads of Java and of the driver
 * @param files open files
 */
public record ProcessMemory(long residentMebibytes, long threads, long files) {

  private static final Path PROCESS = Path.of("/proc/self");
  private static final int KIBIBYTES_PER_MEBIBYTE = 1024;

  /** Looks now. */
  static ProcessMemory now() {
    System.gc();
    try {
      List<String> status = Files.readAllLines(PROCESS.resolve("status"));
      String[] files = PROCESS.resolve("fd").toFile().list();
      return new ProcessMemory(
          number(status, "VmRSS:") / KIBIBYTES_PER_MEBIBYTE,
          number(status, "Threads:"),
          files == null ? 0 : files.length);
    } catch (IOException e) {
      return new ProcessMemory(0, 0, 0);
    }
  }

  private static long number(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .sum();
  }
}
