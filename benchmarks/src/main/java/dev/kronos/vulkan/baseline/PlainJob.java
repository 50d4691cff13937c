// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.program.JobArrays;
import dev.kronos.bench.program.LoadedJob;
import dev.kronos.bench.program.Program;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Step;
import java.util.List;

/** A job in buffers with memory of their own, and its dispatches in their order. */
final class PlainJob implements LoadedJob {

  private final PlainSide side;
  private final Job job;
  private final List<Step> steps;
  private final List<PlainKernel> kernels;
  private final JobArrays<PlainBuffer> arrays;

  PlainJob(PlainSide side, Job job) {
    this.side = side;
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
    return contender == Contender.BASELINE
        ? new SingleProgram(this, side)
        : new BatchedProgram(this, side);
  }

  /** Returns how many dispatches the batch has. */
  int dispatches() {
    return job.dispatches();
  }

  /** Makes room for the descriptor sets of one run; nothing is in flight. */
  void reserve() {
    side.recorder().reserve(job.dispatches());
  }

  /** Records a dispatch by its place in the batch. */
  void record(int dispatch) {
    int step = dispatch % steps.size();
    List<PlainBuffer> set = arrays.ofOperation(dispatch / steps.size());
    side.recorder().dispatch(side.commands(), kernels.get(step), steps.get(step), set);
  }

  @Override
  public void close() {
    arrays.close();
  }
}
