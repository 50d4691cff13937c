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
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import java.util.ArrayList;
import java.util.List;

/** A job in buffers of the device pool, and how its batch is recorded on a stream. */
final class KronosJob implements LoadedJob {

  private final Kronos kronos;
  private final Job job;
  private final List<Step> steps;
  private final List<Kernel> kernels;
  private final JobArrays<DeviceBuffer> arrays;
  private final Arguments arguments = Arguments.builder();
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
        contender == Contender.KRONOS_RECORDED
            ? new RecordedProgram(kronos, this)
            : new ReplayedProgram(kronos, this);
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
   * Records the batch as a caller does who keeps nothing from the last time: argument tables,
   * accesses and dispatches are made anew.
   */
  void record(Stream stream) {
    for (int operation = 0; operation < job.batch(); operation++) {
      List<DeviceBuffer> set = arrays.ofOperation(operation);
      for (int i = 0; i < steps.size(); i++) {
        stream.dispatch(dispatch(steps.get(i), kernels.get(i), set));
      }
    }
  }

  private Dispatch dispatch(Step step, Kernel kernel, List<DeviceBuffer> set) {
    arguments.clear();
    List<Access> accesses = new ArrayList<>(step.operands().size());
    for (Operand operand : step.operands()) {
      if (operand.given()) {
        DeviceBuffer buffer = set.get(operand.array());
        arguments.putAddress(buffer);
        accesses.add(new Access(buffer, 0, buffer.sizeBytes(), operand.mode()));
      } else {
        arguments.putLong(0);
      }
    }
    arguments.putBytes(step.scalars());
    return new Dispatch(kernel, arguments, accesses, step.workgroups(), step.count(), 0, null);
  }
}
