// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.bench.runtime.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Times one call of each family of functions over Arrow by the clock, beside the loop that does the
 * same on one thread, and compares every value of their answers.
 */
public final class CallBenchmark {
  /** Runs before the clock counts, for compilers on either side. */
  private static final int WARM_UPS = 3;

  private CallBenchmark() {}

  /**
   * Runs all calls.
   *
   * @param options which device
   * @param elements rows of each call
   * @param repeats timed runs, of which the best counts: others may use the machine
   * @param progress is told each call that is done
   * @return what was measured, without the command
   * @throws dev.kronos.bench.work.WrongResult when a call and its loop differ
   */
  public static CallReport run(
      KronosOptions options, int elements, int repeats, Consumer<String> progress) {
    try (Kronos kronos = Kronos.open(options);
        CallData data = new CallData(kronos.allocator(), elements)) {
      List<CallReport.Row> rows = new ArrayList<>();
      for (CallCase call : CallTable.of(kronos, data)) {
        rows.add(measure(call, repeats));
        progress.accept(call.family() + ": " + call.call());
      }
      return new CallReport(Machine.describe(kronos.device()), "", repeats, rows);
    }
  }

  private static CallReport.Row measure(CallCase call, int repeats) {
    Answers.requireSame(call.call(), call.device().get(), call.java().get());
    double nanos = best(call.device(), repeats);
    double loopNanos = best(call.java(), repeats);
    return new CallReport.Row(
        call.family(), call.call(), call.elements(), nanos, call.loop(), loopNanos);
  }

  /** Closing a result is no part of a call. */
  private static double best(Supplier<Object> run, int repeats) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = -WARM_UPS; i < repeats; i++) {
      long start = System.nanoTime();
      Object result = run.get();
      double nanos = (double) (System.nanoTime() - start);
      best = i < 0 ? best : Math.min(best, nanos);
      Answers.close(result);
    }
    return best;
  }
}
