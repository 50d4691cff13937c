// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kronos.bench.arrow.ArrowReport;
import dev.kronos.bench.arrow.Peers;
import dev.kronos.bench.result.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Writes a report on functions over Arrow: data as JSON and a Markdown page. */
public final class ArrowPage {

  private static final double NANOS_PER_MICRO = 1e3;
  private static final double PERCENT = 100;

  private ArrowPage() {}

  /** Writes {@code arrow.json} and {@code arrow.md} to a folder, which is made. */
  public static void write(ArrowReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("arrow.json").toFile(), report);
    Files.writeString(folder.resolve("arrow.md"), of(report));
  }

  /** Returns the page. */
  public static String of(ArrowReport report) {
    Environment where = report.environment();
    return """
    # Functions over Arrow, by device time

    - device: %s, driver %s; date %s, commit %s
    - peers: %s
    - `bin/kronos %s`

    %s
    Times are medians by timestamps of the device, one submission each, over random data that lies on the
    device. Every element of the first and the last result is checked. Rates of sorts and joins count keys, those of
    products two operations for each element and column, others bytes that must be read and written at least. A peer's share is its time by Kronos' time: above 100 %%
    Kronos is faster.
    """
        .formatted(
            where.device(),
            where.driver(),
            where.date(),
            where.commit(),
            report.peers() == null ? "none" : String.join(", ", report.peers().libraries()),
            report.command(),
            table(report));
  }

  /** Returns the table alone, for the terminal. */
  public static String table(ArrowReport report) {
    Table table =
        new Table(
            "workload", "elements", "device us", "least us", "rate", "peer", "peer us", "share");
    for (ArrowReport.Row row : report.rows()) {
      Optional<Peers.Row> peer = Optional.ofNullable(report.peers()).flatMap(p -> p.best(row));
      table.row(
          row.workload().title(),
          row.elements(),
          micros(row.deviceNanos().median()),
          micros(row.deviceNanos().min()),
          number(row.rate()) + " " + row.workload().rateUnit(),
          peer.map(Peers.Row::operation).orElse(""),
          peer.map(p -> micros(p.nanos())).orElse(""),
          peer.map(p -> share(p.nanos(), row.deviceNanos().median())).orElse(""));
    }
    return table.toString();
  }

  private static String micros(double nanos) {
    return number(nanos / NANOS_PER_MICRO);
  }

  private static String share(double peerNanos, double nanos) {
    return String.format(Locale.ROOT, "%.0f %%", PERCENT * peerNanos / nanos);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }
}
