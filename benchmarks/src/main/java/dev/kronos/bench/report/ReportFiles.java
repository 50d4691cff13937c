// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kronos.bench.result.RuntimeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a report to a folder, and reads its data again. */
public final class ReportFiles {

  private static final String DATA = "runtime.json";
  private static final String PAGE = "runtime.md";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportFiles() {}

  /**
   * Writes data, page and charts.
   *
   * @return a sentence that says why there are no charts, or an empty one
   */
  public static String write(RuntimeReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(DATA).toFile(), report);
    List<String> charts = List.of();
    String missing = "";
    try {
      charts = Charts.write(report, folder);
    } catch (LinkageError | InternalError e) {
      // A JVM without fonts or without its drawing libraries, as on many servers.
      missing = "no charts: this JVM cannot draw, write them elsewhere with --render: cause=" + e;
    }
    Files.writeString(folder.resolve(PAGE), Page.of(report, charts));
    return missing;
  }

  /** Reads what {@link #write} wrote. */
  public static RuntimeReport read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), RuntimeReport.class);
  }
}
