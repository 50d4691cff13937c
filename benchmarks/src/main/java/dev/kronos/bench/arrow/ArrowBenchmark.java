// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.bench.result.Summary;
import dev.kronos.bench.runtime.Machine;
import dev.kronos.device.DeviceType;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs workloads one after the other, each with data of its own, and times them by the device. */
public final class ArrowBenchmark {

  /**
   * A device that idled while the host checked a result needs this long to reach its clocks;
   * arrow_peers.py gives its operations as long.
   */
  private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** Slower than the fastest clock seen by this much is as good as that. */
  private static final double CLOCK_TOLERANCE = 1.03;

  /** A device that does not get to its clocks within this time is not going to. */
  private static final long MOST_WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(6);

  private static final double NANOS_PER_MICRO = 1e3;

  private ArrowBenchmark() {}

  /**
   * Runs workloads.
   *
   * @param options which device
   * @param workloads what to run
   * @param plan how much
   * @param progress is told title, median, least time and clock of each workload that is done
   * @return what was measured, without command and peers
   * @throws dev.kronos.bench.work.WrongResult when any result is wrong
   */
  public static ArrowReport run(
      KronosOptions options,
      List<ArrowWorkload> workloads,
      ArrowWorkload.Plan plan,
      Consumer<String> progress) {
    try (Kronos kronos = Kronos.open(options);
        ClockProbe clock = new ClockProbe(kronos)) {
      List<ArrowReport.Row> rows = new ArrayList<>();
      for (ArrowWorkload workload : workloads) {
        ArrowReport.Row row = measure(kronos, workload, plan, clock);
        rows.add(row);
        kronos.memory().trim();
        progress.accept(line(row));
      }
      return new ArrowReport(Machine.describe(kronos.device()), "", rows, null);
    }
  }

  private static String line(ArrowReport.Row row) {
    return String.format(
        Locale.ROOT,
        "%s: %.1f us, at least %.1f, clock %.1f",
        row.workload().title(),
        row.deviceNanos().median() / NANOS_PER_MICRO,
        row.deviceNanos().min() / NANOS_PER_MICRO,
        row.clockNanos() / NANOS_PER_MICRO);
  }

  /** Checks the first result before anything is timed, and the last one afterwards. */
  private static ArrowReport.Row measure(
      Kronos kronos, ArrowWorkload workload, ArrowWorkload.Plan plan, ClockProbe clock) {
    try (ArrowCell cell = workload.cell(kronos, plan);
        Stream stream = kronos.newStream()) {
      run(cell, stream);
      cell.check();
      settle(kronos, cell, stream, clock);
      double[] nanos = new double[plan.repeats()];
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = run(cell, stream);
      }
      double clockNanos = clock.nanos();
      cell.check();
      return new ArrowReport.Row(
          workload, cell.elements(), cell.bytes(), Summary.of(nanos), clockNanos);
    }
  }

  /** Warms the device up until its clock is what it was at best; a processor's is its own. */
  private static void settle(Kronos kronos, ArrowCell cell, Stream stream, ClockProbe clock) {
    long start = System.nanoTime();
    boolean wanders = kronos.device().type() != DeviceType.CPU;
    do {
      warmUp(cell, stream);
    } while (wanders
        && clock.nanos() > CLOCK_TOLERANCE * clock.leastNanos()
        && System.nanoTime() - start < MOST_WARM_UP_NANOS);
  }

  /**
   * Keeps the device busy: a submission is awaited when the next one waits behind it, for a device
   * that idles between submissions lowers its clocks. Operations on streams of their own await
   * themselves.
   */
  private static void warmUp(ArrowCell cell, Stream stream) {
    long start = System.nanoTime();
    Ticket running = stream.submit();
    do {
      cell.record(stream);
      Ticket next = stream.submit();
      running.await();
      running = next;
    } while (System.nanoTime() - start < WARM_UP_NANOS);
    running.await();
  }

  /** Returns the device time of one operation in nanoseconds. */
  private static double run(ArrowCell cell, Stream stream) {
    double before = cell.deviceNanos(stream);
    cell.record(stream);
    stream.submit().await();
    return cell.deviceNanos(stream) - before;
  }
}
