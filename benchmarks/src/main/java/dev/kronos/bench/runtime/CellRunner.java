// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.KronosException;
import dev.kronos.bench.program.PhaseClock;
import dev.kronos.bench.program.Program;
import dev.kronos.bench.result.Cell;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Problem;
import dev.kronos.bench.work.Workload;
import dev.kronos.dispatch.Stream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures one workload at one size with each program: verifies every result, then takes samples of
 * all programs in turn, so that whatever disturbs the machine disturbs all alike.
 */
final class CellRunner {

  /** Parts of a cell's time: warming up, CPU time, elapsed time. */
  private static final double[] SHARES = {0.15, 0.4, 0.3};

  private final Sides sides;
  private final Plan plan;
  private final PhaseClock clock;
  private final OperationTimes times = new OperationTimes();

  CellRunner(Sides sides, Plan plan, PhaseClock clock) {
    this.sides = sides;
    this.plan = plan;
    this.clock = clock;
  }

  /** Measures all batches of a workload at a size; tells of each cell when it is done. */
  void run(Workload workload, long sizeBytes, Consumer<Cell> done) {
    Problem problem = workload.problem(sizeBytes);
    for (int batch : plan.batches()) {
      done.accept(run(workload, sizeBytes, Job.within(plan.memoryBytes() / 2, problem, batch)));
    }
  }

  private Cell run(Workload workload, long sizeBytes, Job job) {
    Optional<String> reason =
        tooMuch(job).or(() -> times.tooLong(workload, sizeBytes, job, plan.effort().cellSeconds()));
    if (reason.isPresent()) {
      return leftOut(workload, sizeBytes, job, reason.get());
    }
    sides.trim();
    try (Loaded loaded = new Loaded(job, sides.all())) {
      times.note(workload, sizeBytes, job, (double) loaded.verify() / job.batch());
      return times
          .tooLong(workload, sizeBytes, job, 2 * plan.effort().cellSeconds())
          .map(tooLong -> leftOut(workload, sizeBytes, job, tooLong + "; results are right"))
          .orElseGet(() -> measure(workload, sizeBytes, job, loaded.programs()));
    } catch (KronosException.Exhausted e) {
      return leftOut(workload, sizeBytes, job, "no memory: " + e.getMessage());
    }
  }

  private Optional<String> tooMuch(Job job) {
    if (job.dispatches() > Stream.MAX_BATCH_SIZE) {
      return Optional.of(
          "more dispatches than a batch holds: dispatches=%d, maximum=%d"
              .formatted(job.dispatches(), Stream.MAX_BATCH_SIZE));
    }
    long needed = 2 * job.problem().setBytes();
    return needed <= plan.memoryBytes()
        ? Optional.empty()
        : Optional.of(
            "no memory: neededBytes=%d, allowedBytes=%d".formatted(needed, plan.memoryBytes()));
  }

  private Cell measure(Workload workload, long sizeBytes, Job job, List<Program> programs) {
    int most = plan.effort().samples();
    List<Samples> all = programs.stream().map(program -> new Samples(program, job, most)).toList();
    double seconds = plan.effort().cellSeconds();
    warmUp(programs, seconds * SHARES[0]);
    rounds(all, seconds * SHARES[1], samples -> samples.sampleCpu(clock));
    rounds(all, seconds * SHARES[2], Samples::sampleWall);
    all.forEach(Samples::sampleDevice);
    double average = all.stream().mapToDouble(Samples::operationNanos).average().orElseThrow();
    times.note(workload, sizeBytes, job, average);
    return cell(workload, sizeBytes, job, null, all);
  }

  private void warmUp(List<Program> programs, double seconds) {
    Deadline end = Deadline.in(seconds);
    for (int i = 0; i < plan.effort().samples() && !end.over(); i++) {
      programs.forEach(program -> program.run(PhaseClock.off()));
    }
  }

  private void rounds(List<Samples> all, double seconds, Consumer<Samples> sample) {
    Deadline end = Deadline.in(seconds);
    int count = 0;
    do {
      all.forEach(sample);
      count++;
    } while (count < plan.effort().samples() && !end.over());
  }

  private static Cell leftOut(Workload workload, long sizeBytes, Job job, String reason) {
    return cell(workload, sizeBytes, job, reason, List.of());
  }

  private static Cell cell(
      Workload workload, long sizeBytes, Job job, String leftOut, List<Samples> samples) {
    return new Cell(
        workload,
        sizeBytes,
        job.batch(),
        job.sets(),
        job.dispatches(),
        job.levels(),
        leftOut,
        samples.stream().map(Samples::measured).toList());
  }
}
