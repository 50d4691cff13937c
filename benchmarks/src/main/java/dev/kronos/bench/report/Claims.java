// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.result.Blocks;
import dev.kronos.bench.result.Cell;
import dev.kronos.bench.result.Claim;
import dev.kronos.bench.result.Claim.Verdict;
import dev.kronos.bench.result.Measured;
import dev.kronos.bench.result.RuntimeReport;
import dev.kronos.bench.result.Steady;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges a report by what the runtime promises. Where many cells bear on a promise, the worst one
 * decides and is named. A pure function of the report.
 */
public final class Claims {

  private static final List<Contender> KRONOS =
      List.of(Contender.KRONOS_RECORDED, Contender.KRONOS_REPLAYED);
  private static final int ROOT_LIMIT_BYTES = 48;

  private final RuntimeReport report;
  private final List<Claim> claims = new ArrayList<>();

  private Claims(RuntimeReport report) {
    this.report = report;
  }

  /** Returns the report with its claims. */
  public static RuntimeReport judge(RuntimeReport report) {
    Claims judge = new Claims(report);
    judge.descriptors();
    judge.barriers();
    judge.cpuTime(16, 50);
    judge.cpuTime(256, 80);
    judge.nativeBytes();
    judge.steadyState();
    judge.allocationTime();
    judge.validation();
    return report.with(List.copyOf(judge.claims));
  }

  private void descriptors() {
    RuntimeReport.Totals totals = report.totals();
    add(
        "no descriptor updates after start-up",
        "0 over the whole benchmark",
        "%d in %d dispatches".formatted(totals.descriptorUpdates(), totals.dispatches()),
        totals.descriptorUpdates() == 0);
    add(
        "small push-constant root",
        "at most %d bytes".formatted(ROOT_LIMIT_BYTES),
        totals.pushRootBytes() + " bytes",
        totals.pushRootBytes() <= ROOT_LIMIT_BYTES);
  }

  private void barriers() {
    for (int batch : new int[] {16, 256}) {
      Worst perDispatch = new Worst();
      for (Cell cell : cells(batch)) {
        kronos(cell)
            .forEach(
                measured ->
                    perDispatch.offer(measured.counted().barriersPerDispatch(), cell, measured));
      }
      judge(
          "barriers for a dispatch, batch " + batch,
          "at most 0.5",
          perDispatch.text("%.3f"),
          perDispatch.verdict(value -> value <= 0.5));
    }
    Worst overLeast = new Worst();
    for (Cell cell : report.cells()) {
      kronos(cell).stream()
          .filter(measured -> measured.counted().barriersOverLeast() != null)
          .forEach(
              measured -> overLeast.offer(measured.counted().barriersOverLeast(), cell, measured));
    }
    judge(
        "barriers by the fewest possible (dependency levels less one)",
        "at most 1.05",
        overLeast.text("%.3f"),
        overLeast.verdict(value -> value <= 1.05));
  }

  private void cpuTime(int batch, int percent) {
    for (Contender contender : KRONOS) {
      Worst share = new Worst();
      for (Cell cell : cells(batch)) {
        Optional<Measured> baseline = cell.program(Contender.BASELINE);
        Optional<Measured> own = cell.program(contender);
        if (baseline.isPresent() && own.isPresent()) {
          share.offer(
              own.get().cpuNanosPerDispatch().median()
                  / baseline.get().cpuNanosPerDispatch().median(),
              cell,
              own.get());
        }
      }
      judge(
          "CPU time of a dispatch, batch %d: %s".formatted(batch, contender.title()),
          "at least %d %% below the baseline".formatted(percent),
          share.map(value -> 100 * (1 - value)).text("%.1f %% below"),
          share.verdict(value -> 100 * (1 - value) >= percent));
    }
  }

  private void nativeBytes() {
    for (Contender contender : KRONOS) {
      Worst share = new Worst();
      for (Cell cell : report.cells()) {
        Optional<Measured> baseline = cell.program(Contender.BASELINE);
        Optional<Measured> own = cell.program(contender);
        if (baseline.isPresent() && own.isPresent()) {
          share.offer(
              own.get().counted().nativeBytesPerDispatch()
                  / baseline.get().counted().nativeBytesPerDispatch(),
              cell,
              own.get());
        }
      }
      judge(
          "native bytes written for a dispatch: " + contender.title(),
          "at least 50 % below the baseline",
          share.map(value -> 100 * (1 - value)).text("%.1f %% below"),
          share.verdict(value -> value <= 0.5));
    }
  }

  private void steadyState() {
    Steady steady = report.steady();
    add(
        "nothing is allocated in steady state",
        "0 Vulkan allocations and 0 bytes of Java heap",
        "%d allocations and %d bytes over %d replays"
            .formatted(steady.vulkanAllocations(), steady.heapBytes(), steady.replays()),
        steady.vulkanAllocations() == 0 && steady.heapBytes() == 0);
  }

  /** Flat up to the caches of the processor, which a million blocks exceed and ten do not. */
  private void allocationTime() {
    List<Blocks> own =
        report.blocks().stream().filter(blocks -> blocks.side().equals("Kronos")).toList();
    if (own.size() < 2) {
      judge("time of an allocation", "flat", "", Verdict.NOT_MEASURED);
      return;
    }
    Blocks few = own.get(0);
    Blocks many = own.get(own.size() - 1);
    double ratio = pairNanos(many) / pairNanos(few);
    add(
        "time of an allocation does not depend on live blocks",
        "allocate and free at %,d live blocks at most 4 times as at %,d"
            .formatted(many.live(), few.live()),
        "%.2f times (%.0f ns and %.0f ns)".formatted(ratio, pairNanos(many), pairNanos(few)),
        ratio <= 4);
  }

  private static double pairNanos(Blocks blocks) {
    return blocks.allocateNanos().median() + blocks.freeNanos().median();
  }

  private void validation() {
    long messages = report.totals().validationMessages();
    add(
        "every result equals the Java twin's; no message from the validation layer where it is on",
        "0 messages",
        messages + " messages",
        messages == 0);
  }

  private List<Cell> cells(int batch) {
    return report.cells().stream().filter(cell -> cell.batch() == batch).toList();
  }

  private static List<Measured> kronos(Cell cell) {
    return cell.programs().stream()
        .filter(measured -> KRONOS.contains(measured.contender()))
        .toList();
  }

  private void add(String text, String bar, String measured, boolean met) {
    judge(text, bar, measured, met ? Verdict.PASS : Verdict.FALLS_SHORT);
  }

  private void judge(String text, String bar, String measured, Verdict verdict) {
    claims.add(new Claim(text, bar, measured, verdict));
  }
}
