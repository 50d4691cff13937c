// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kronos.bench.arrow.CallReport;
import dev.kronos.bench.result.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes a report on calls beside loops: data as JSON and a Markdown page. */
public final class CallPage {
  private static final double NANOS_PER_MILLI = 1e6;

  private CallPage() {}

  /** Writes {@code calls.json} and {@code calls.md} to a folder, which is made. */
  public static void write(CallReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("calls.json").toFile(), report);
    Files.writeString(folder.resolve("calls.md"), of(report));
  }

  /** Returns the page. */
  public static String of(CallReport report) {
    Environment where = report.environment();
    return """
    # Calls over Arrow beside plain Java loops

    - device: %s, driver %s; %d logical processors (%s); date %s, commit %s
    - loops: %s, one thread
    - `bin/kronos %s`

    %s
    Times are by the clock, from vectors to vectors: a call allocates its result, submits its kernels and waits for
    them. They are the best of %d runs each after warming up. Loops run over arrays, without nulls. Every value of the
    two answers is compared. The last column says how many times as long as the loop the call takes: below 1 Kronos is
    faster.
    """
        .formatted(
            where.device(),
            where.driver(),
            where.cores(),
            where.cpu(),
            where.date(),
            where.commit(),
            where.java(),
            report.command(),
            table(report),
            report.repeats());
  }

  /** Returns the table alone, for the terminal. */
  public static String table(CallReport report) {
    Table table =
        new Table("family", "call", "elements", "call ms", "in Java", "loop ms", "call / loop");
    for (CallReport.Row row : report.rows()) {
      table.row(
          row.family(),
          row.call(),
          row.elements(),
          number(row.nanos() / NANOS_PER_MILLI),
          row.loop(),
          number(row.loopNanos() / NANOS_PER_MILLI),
          number(row.nanos() / row.loopNanos()));
    }
    return table.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }
}
