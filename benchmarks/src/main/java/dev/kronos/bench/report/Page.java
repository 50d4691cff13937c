// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import dev.kronos.bench.result.Cell;
import dev.kronos.bench.result.Environment;
import dev.kronos.bench.result.RuntimeReport;
import dev.kronos.bench.result.Sizes;
import java.util.List;

/** Writes a report as a Markdown page: what is claimed, how it was measured, then every number. */
public final class Page {

  private static final String METHOD =
      """
      ## How it was measured

      - **baseline**: plain Vulkan over LWJGL in the ordinary style (`dev.kronos.vulkan.baseline`): one
        allocation a buffer; for each dispatch a descriptor set allocated, written and bound, push
        constants, one barrier command naming the buffers with a hazard, one submission, one fence
        waited for. **batched baseline**: the same with one submission and one fence a batch.
        **Kronos, recorded**: argument tables, accesses and dispatches given to the runtime anew
        each time, in the same order and sizes. It compares them with those of the batch before, and
        where arguments alone differ it submits the native commands again that are there. **Kronos,
        never alike**: the same, but all tables after the first lie elsewhere each time, so that a
        batch of more than one dispatch is recorded natively each time. **Kronos, replayed**: the
        batch recorded once by the caller. All run the same kernel bodies.
      - A batch is so many independent operations, each on arrays of its own as far as memory goes;
        where operations outnumber the sets of arrays, they take turns and depend on each other.
      - **CPU time** is the CPU-time counter of the submitting thread around recording, submitting and
        releasing, never around waiting; reading the counter is taken off. Kronos' release of a
        batch is counted, the baseline's wait is not counted at all.
      - **wall** is elapsed time of the batch, waiting included, by its operations; rates are from it.
        **device** is by timestamps, the least of three runs, and excludes what lies between the
        baseline's submissions.
      - **bytes** are written by the host for driver and kernel: structures, handle arrays and push
        constants at their size in C for the baseline (`PlainCounters`), argument tables, push roots
        and submission words for Kronos (`KronosProgram`).
      - Numbers are medians. Every result was compared with the Java twins before it was timed.
      """;

  private Page() {}

  /**
   * Writes the page.
   *
   * @param report a judged report
   * @param charts file names of charts beside the page
   */
  public static String of(RuntimeReport report, List<String> charts) {
    StringBuilder page = new StringBuilder("# The Kronos runtime beside plain Vulkan\n\n");
    page.append(environment(report)).append('\n');
    page.append("## What is claimed\n\n").append(claims(report)).append('\n');
    charts.forEach(chart -> page.append("![](").append(chart).append(")\n"));
    page.append('\n').append(METHOD).append('\n');
    page.append("## Workloads\n\n").append(CellTables.times(report.cells())).append('\n');
    page.append("### Counts\n\n").append(CellTables.counts(report.cells())).append('\n');
    page.append("### Left out\n\n").append(leftOut(report.cells())).append('\n');
    page.append(OtherTables.of(report));
    return page.toString();
  }

  /** Returns the claims alone, for the terminal. */
  public static String claims(RuntimeReport report) {
    Table table = new Table("claim", "bar", "measured", "verdict");
    report
        .claims()
        .forEach(
            claim ->
                table.row(claim.text(), claim.bar(), claim.measured(), claim.verdict().words()));
    return table.toString();
  }

  private static String environment(RuntimeReport report) {
    Environment where = report.environment();
    return """
    - device: %s, driver %s, Vulkan %s
    - processor: %s, %d cores; %s; %s
    - date %s, commit %s
    - `bin/kronos %s`: at most %s s a cell, %s of device memory for both sides
    """
        .formatted(
            where.device(),
            where.driver(),
            where.vulkan(),
            where.cpu(),
            where.cores(),
            where.java(),
            where.system(),
            where.date(),
            where.commit(),
            report.setting().command(),
            report.setting().cellSeconds(),
            Sizes.text(report.setting().memoryBytes()));
  }

  private static String leftOut(List<Cell> cells) {
    Table table = new Table("cell", "why");
    cells.stream()
        .filter(cell -> cell.leftOut() != null)
        .forEach(cell -> table.row(cell.title(), cell.leftOut()));
    boolean all = cells.stream().allMatch(cell -> cell.leftOut() == null);
    return all ? "Nothing.\n" : table.toString();
  }
}
