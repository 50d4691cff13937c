// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.program.LoadedJob;
import dev.kronos.bench.program.PhaseClock;
import dev.kronos.bench.program.Program;
import dev.kronos.bench.program.Side;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.WrongResult;
import java.util.ArrayList;
import java.util.List;

/** Holds a job that is loaded on several sides, with all their programs. */
final class Loaded implements AutoCloseable {

  /** A program and the arrays that it works on. */
  private record Entry(Program program, LoadedJob arrays) {}

  private final Job job;
  private final List<LoadedJob> sides = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  Loaded(Job job, List<? extends Side> all) {
    this.job = job;
    try {
      for (Side side : all) {
        LoadedJob loaded = side.load(job);
        sides.add(loaded);
        for (Contender contender : side.contenders()) {
          entries.add(new Entry(loaded.program(contender), loaded));
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  List<Program> programs() {
    return entries.stream().map(Entry::program).toList();
  }

  /**
   * Runs each program on fresh arrays and checks every result. It is run twice, since drivers
   * finish kernels when they are first run; the second run counts.
   *
   * @return the time of one program on average, in nanoseconds
   * @throws WrongResult when a result is wrong; the message names the program
   */
  long verify() {
    long sum = 0;
    for (Entry entry : entries) {
      entry.program().run(PhaseClock.off());
      entry.arrays().fill();
      long start = System.nanoTime();
      entry.program().run(PhaseClock.off());
      sum += System.nanoTime() - start;
      check(entry);
    }
    return sum / entries.size();
  }

  private void check(Entry entry) {
    for (int set = 0; set < job.sets(); set++) {
      try {
        job.problem().check(entry.arrays().result(set), job.timesOn(set));
      } catch (WrongResult e) {
        throw new WrongResult(
            entry.program().contender().title() + ", set " + set + ": " + e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    sides.forEach(LoadedJob::close);
  }
}
