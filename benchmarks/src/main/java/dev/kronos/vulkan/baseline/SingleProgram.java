// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.program.PhaseClock;

/** Runs a job with a submission and a fence for each dispatch. */
final class SingleProgram extends PlainProgram {

  private final PhaseClock off = PhaseClock.off();

  SingleProgram(PlainJob job, PlainSide side) {
    super(job, side);
  }

  @Override
  public Contender contender() {
    return Contender.BASELINE;
  }

  @Override
  public void start() {
    run(off);
  }

  @Override
  public void finish() {
    // Each dispatch was waited for.
    assert commands.done(commands.current() - 1);
  }

  @Override
  public void run(PhaseClock clock) {
    clock.start();
    job.reserve();
    clock.stop();
    for (int i = 0; i < job.dispatches(); i++) {
      clock.start();
      commands.begin();
      job.record(i);
      commands.submit();
      clock.stop();
      commands.await();
    }
  }
}
