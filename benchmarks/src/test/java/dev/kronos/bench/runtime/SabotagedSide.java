// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.program.LoadedJob;
import dev.kronos.bench.program.PhaseClock;
import dev.kronos.bench.program.Program;
import dev.kronos.bench.program.Side;
import dev.kronos.bench.program.Tally;
import dev.kronos.bench.program.Transfers;
import dev.kronos.bench.work.Job;
import java.util.List;
import java.util.function.UnaryOperator;

/** A side that works, but for one program, and for what it tells of its results. */
record SabotagedSide(Side real, Contender idle, UnaryOperator<byte[]> told) implements Side {

  @Override
  public String title() {
    return real.title();
  }

  @Override
  public List<Contender> contenders() {
    return real.contenders();
  }

  @Override
  public LoadedJob load(Job job) {
    LoadedJob loaded = real.load(job);
    return new LoadedJob() {
      @Override
      public void fill() {
        loaded.fill();
      }

      @Override
      public byte[] result(int set) {
        return told.apply(loaded.result(set));
      }

      @Override
      public Program program(Contender contender) {
        return contender == idle ? new Idle(contender) : loaded.program(contender);
      }

      @Override
      public void close() {
        loaded.close();
      }
    };
  }

  @Override
  public Transfers transfers(long sizeBytes) {
    return real.transfers(sizeBytes);
  }

  @Override
  public Block allocate(long sizeBytes) {
    return real.allocate(sizeBytes);
  }

  @Override
  public int maxBlocks() {
    return real.maxBlocks();
  }

  @Override
  public void trim() {
    real.trim();
  }

  @Override
  public long validationMessages() {
    return real.validationMessages();
  }

  @Override
  public void close() {
    real.close();
  }

  /** Does nothing, very fast. */
  private record Idle(Contender contender) implements Program {
    @Override
    public void start() {
      assert contender != null;
    }

    @Override
    public void finish() {
      start();
    }

    @Override
    public void run(PhaseClock clock) {
      start();
    }

    @Override
    public Tally tally() {
      return new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public long deviceNanos() {
      return 0;
    }
  }
}
