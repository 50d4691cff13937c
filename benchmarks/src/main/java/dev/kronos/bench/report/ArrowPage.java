// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kronos.bench.arrow.ArrowReport;
import dev.kronos.bench.arrow.Peers;
import dev.kronos.bench.result.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes a report on functions over Arrow: data as JSON and a Markdown page. */
public final class ArrowPage {

  private static final double NANOS_PER_MICRO = 1e3;
  private static final double PERCENT = 100;

  private static final List<String> TITLES =
      List.of("workload", "elements", "device us", "least us", "rate", "peer", "peer us", "share");

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
    device. Before its samples an operation keeps the device busy for 300 ms, peers' operations too, so that clocks
    are up. Every element of the first and the last result is checked. Rates of sorts, groupings and joins
    count keys, those of products two operations for each element and column, others bytes that must be read and
    written at least; these are set beside the rate of the copy where it was measured too. A peer's share is its time
    by Kronos' time: above 100 %% Kronos is faster. The clock is what a chain of 200,000 multiplications and additions
    takes right after a row's samples: compare rows, and runs on devices of one kind, where it is the same.
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
    OptionalDouble copy = report.copyRate();
    List<String> titles = new ArrayList<>(TITLES);
    copy.ifPresent(rate -> titles.add("of copy"));
    titles.add("clock us");
    Table table = new Table(titles.toArray(String[]::new));
    for (ArrowReport.Row row : report.rows()) {
      List<Object> cells = cells(row, Optional.ofNullable(report.peers()));
      copy.ifPresent(rate -> cells.add(ofCopy(row, rate)));
      cells.add(micros(row.clockNanos()));
      table.row(cells.toArray());
    }
    return table.toString();
  }

  private static List<Object> cells(ArrowReport.Row row, Optional<Peers> peers) {
    Optional<Peers.Row> peer = peers.flatMap(p -> p.best(row));
    return new ArrayList<>(
        List.of(
            row.workload().title(),
            row.elements(),
            micros(row.deviceNanos().median()),
            micros(row.deviceNanos().min()),
            number(row.rate()) + " " + row.workload().rateUnit(),
            peer.map(Peers.Row::operation).orElse(""),
            peer.map(p -> micros(p.nanos())).orElse(""),
            peer.map(p -> share(p.nanos(), row.deviceNanos().median())).orElse("")));
  }

  private static String ofCopy(ArrowReport.Row row, double copyRate) {
    return row.workload().countsBytes() ? share(row.rate(), copyRate) : "";
  }

  private static String micros(double nanos) {
    return number(nanos / NANOS_PER_MICRO);
  }

  private static String share(double part, double whole) {
    return String.format(Locale.ROOT, "%.0f %%", PERCENT * part / whole);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }
}
