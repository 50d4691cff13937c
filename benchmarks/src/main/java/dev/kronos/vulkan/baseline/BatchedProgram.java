// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.program.PhaseClock;

/** Runs a job with one submission and one fence for the whole batch; the rest is the same. */
final class BatchedProgram extends PlainProgram {

  private boolean running;

  BatchedProgram(PlainJob job, PlainSide side) {
    super(job, side);
  }

  @Override
  public Contender contender() {
    return Contender.BATCHED_BASELINE;
  }

  /** Waits for the batch before, whose command buffer it uses again. */
  @Override
  public void start() {
    finish();
    job.reserve();
    commands.begin();
    for (int i = 0; i < job.dispatches(); i++) {
      job.record(i);
    }
    commands.submit();
    running = true;
  }

  @Override
  public void finish() {
    if (running) {
      commands.await();
      running = false;
    }
  }

  @Override
  public void run(PhaseClock clock) {
    clock.start();
    start();
    clock.stop();
    finish();
  }
}
