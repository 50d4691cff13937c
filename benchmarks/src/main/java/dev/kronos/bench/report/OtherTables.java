// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import dev.kronos.bench.result.RuntimeReport;
import dev.kronos.bench.result.Sizes;
import dev.kronos.bench.result.Steady;

/** Writes what is measured beside the workloads. */
final class OtherTables {

  private OtherTables() {}

  static String of(RuntimeReport report) {
    return "## Start\n\nFrom opening the device to a verified result of one SAXPY over 64 KiB."
        + " Kronos makes Vulkan's instance the first time and keeps it; the baseline makes one each"
        + " time.\n\n"
        + starts(report)
        + "\n## Dispatch throughput\n\nOne workgroup over one vector; each batch is started when the"
        + " one before has been, or is done where the program waits.\n\n"
        + throughput(report)
        + "\n## Memory\n\n"
        + moved(report)
        + "\nBlocks of 1 to 1,024 bytes, freed and allocated in random order.\n\n"
        + blocks(report)
        + "\n## Steady state\n\n"
        + steady(report.steady());
  }

  private static String starts(RuntimeReport report) {
    Table table = new Table("program", "first ms", "later ms", "least ms");
    report
        .starts()
        .forEach(
            start ->
                table.row(
                    start.program(),
                    "%.1f".formatted(start.firstMillis()),
                    "%.1f".formatted(start.millis().median()),
                    "%.1f".formatted(start.millis().min())));
    return table.toString();
  }

  private static String throughput(RuntimeReport report) {
    Table table = new Table("program", "batch", "dispatches/s", "us/dispatch");
    report
        .throughput()
        .forEach(
            result ->
                table.row(
                    result.contender().title(),
                    result.batch(),
                    "%,.0f".formatted(result.dispatchesPerSecond().median()),
                    "%.2f".formatted(1e6 / result.dispatchesPerSecond().median())));
    return table.toString();
  }

  private static String moved(RuntimeReport report) {
    Table table = new Table("size", "operation", "side", "GB/s", "samples");
    report
        .moved()
        .forEach(
            result ->
                table.row(
                    Sizes.text(result.sizeBytes()),
                    result.operation(),
                    result.side(),
                    "%.2f".formatted(result.gigabytesPerSecond().median()),
                    result.gigabytesPerSecond().samples()));
    return table.toString();
  }

  private static String blocks(RuntimeReport report) {
    Table table = new Table("live blocks", "side", "allocate ns", "free ns");
    report
        .blocks()
        .forEach(
            result ->
                table.row(
                    "%,d".formatted(result.live()),
                    result.side(),
                    "%.0f".formatted(result.allocateNanos().median()),
                    "%.0f".formatted(result.freeNanos().median())));
    return table.toString();
  }

  private static String steady(Steady steady) {
    return ("%,d replays allocated %,d bytes of Java heap and %d times device memory, and wrote %d"
            + " descriptors.%n")
        .formatted(
            steady.replays(),
            steady.heapBytes(),
            steady.vulkanAllocations(),
            steady.descriptorUpdates());
  }
}
