// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import dev.kronos.bench.program.Program;
import dev.kronos.bench.program.Tally;

/** What the baseline's programs have in common: they differ in when they submit and wait. */
abstract class PlainProgram implements Program {

  final PlainJob job;
  final PlainCommands commands;
  private final PlainCounters counters;

  PlainProgram(PlainJob job, PlainSide side) {
    this.job = job;
    this.commands = side.commands();
    this.counters = side.counters();
  }

  @Override
  public Tally tally() {
    return counters.tally();
  }

  @Override
  public long deviceNanos() {
    return commands.timed(
        () -> {
          start();
          finish();
        });
  }
}
