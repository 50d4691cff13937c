// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.program.Side;
import dev.kronos.bench.result.Blocks;
import dev.kronos.bench.result.Summary;
import java.util.Arrays;
import java.util.Random;

/** Measures allocating and freeing while a number of blocks live, in random order. */
final class BlocksRun {

  /** Largest block: small, so that a million of them fit a small device. */
  static final int MAX_BLOCK_BYTES = 1024;

  private static final int CHUNK = 100;
  private static final int ROUNDS = 300;
  private static final double SECONDS = 2;

  private final Side side;
  private final Random random = new Random(5);
  private final Side.Block[] live;
  private final int chunk;
  private final double[] allocate = new double[ROUNDS];
  private final double[] free = new double[ROUNDS];
  private int rounds;

  private BlocksRun(Side side, int count) {
    this.side = side;
    live = new Side.Block[count];
    chunk = Math.min(CHUNK, count);
  }

  static Blocks run(Side side, int live) {
    BlocksRun run = new BlocksRun(side, live);
    try {
      run.measure();
    } finally {
      run.close();
    }
    return new Blocks(
        side.title(),
        live,
        Summary.of(Arrays.copyOf(run.allocate, run.rounds)),
        Summary.of(Arrays.copyOf(run.free, run.rounds)));
  }

  private void measure() {
    fill(0, live.length);
    // Once unmeasured, so that code is compiled and memory is there.
    churn();
    rounds = 0;
    churn();
  }

  private void churn() {
    Deadline end = Deadline.in(SECONDS);
    do {
      round();
    } while (rounds < ROUNDS && !end.over());
  }

  private void round() {
    for (int i = 0; i < chunk; i++) {
      int other = i + random.nextInt(live.length - i);
      Side.Block block = live[other];
      live[other] = live[i];
      live[i] = block;
    }
    long start = System.nanoTime();
    for (int i = 0; i < chunk; i++) {
      live[i].close();
      live[i] = null;
    }
    long freed = System.nanoTime();
    fill(0, chunk);
    free[rounds] = (double) (freed - start) / chunk;
    allocate[rounds++] = (double) (System.nanoTime() - freed) / chunk;
  }

  private void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      live[i] = side.allocate(1 + random.nextInt(MAX_BLOCK_BYTES));
    }
  }

  private void close() {
    for (Side.Block block : live) {
      if (block != null) {
        block.close();
      }
    }
  }
}
