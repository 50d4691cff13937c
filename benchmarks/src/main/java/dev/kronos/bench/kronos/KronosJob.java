// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.kronos;

import dev.kronos.Kronos;
import dev.kronos.bench.program.Contender;
import dev.kronos.bench.program.JobArrays;
import dev.kronos.bench.program.LoadedJob;
import dev.kronos.bench.program.Program;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Operand;
import dev.kronos.bench.work.Step;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.BatchBuilder;
import dev.kronos.dispatch.Kernel;
import dev.kronos.memory.DeviceBuffer;
import java.util.ArrayList;
import java.util.List;

/** A job in buffers of the device pool, and how its batch is recorded on a stream. */
final class KronosJob implements LoadedJob {

  private static final byte[] NOTHING = new byte[0];

  private final Kronos kronos;
  private final Job job;
  private final List<Step> steps;
  private final List<Kernel> kernels;
  private final JobArrays<DeviceBuffer> arrays;
  private final List<KronosProgram> programs = new ArrayList<>();

  /** Allocates and fills the arrays. */
  KronosJob(KronosSide side, Job job) {
    this.kronos = side.kronos();
    this.job = job;
    steps = job.problem().steps();
    kernels = steps.stream().map(step -> side.kernel(step.kernel())).toList();
    arrays = new JobArrays<>(job, side.buffers());
  }

  @Override
  public void fill() {
    arrays.fill();
  }

  @Override
  public byte[] result(int set) {
    return arrays.result(set);
  }

  @Override
  public Program program(Contender contender) {
    KronosProgram program =
        switch (contender) {
          case KRONOS_RECORDED, KRONOS_CHANGING -> new RecordedProgram(kronos, this, contender);
          default -> new ReplayedProgram(kronos, this);
        };
    programs.add(program);
    return program;
  }

  @Override
  public void close() {
    programs.forEach(KronosProgram::close);
    arrays.close();
  }

  /** Returns how many dispatches {@link #record} records. */
  int dispatches() {
    return job.dispatches();
  }

  /**
   * Records the batch as a caller does who keeps nothing from the last time: every value and every
   * access is given anew.
   */
  void record(BatchBuilder batch) {
    record(batch, NOTHING);
  }

  /**
   * Records the batch as {@link #record(BatchBuilder)} does, with some bytes that no kernel reads
   * at the end of the first argument table, so that all later tables lie elsewhere.
   */
  void record(BatchBuilder batch, byte[] unread) {
    byte[] more = unread;
    for (int operation = 0; operation < job.batch(); operation++) {
      List<DeviceBuffer> set = arrays.ofOperation(operation);
      for (int i = 0; i < steps.size(); i++) {
        name(batch.kernel(kernels.get(i)), steps.get(i), set);
        batch.putBytes(more).run(steps.get(i).workgroups(), steps.get(i).count());
        more = NOTHING;
      }
    }
  }

  private static void name(BatchBuilder run, Step step, List<DeviceBuffer> set) {
    List<Operand> operands = step.operands();
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      if (operand.given()) {
        name(run, set.get(operand.array()), operand.mode());
      } else {
        run.absent();
      }
    }
    run.putBytes(step.scalars());
  }

  private static void name(BatchBuilder run, DeviceBuffer buffer, Access.Mode mode) {
    switch (mode) {
      case READ -> run.reads(buffer);
      case WRITE -> run.writes(buffer);
      case READ_WRITE -> run.updates(buffer);
    }
  }
}
