// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.program.Side;
import dev.kronos.bench.program.Transfers;
import dev.kronos.bench.result.Moved;
import dev.kronos.bench.result.Summary;
import dev.kronos.bench.work.WrongResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Measures how fast bytes go to the device, back, across it, and are filled; checks that they do.
 */
final class TransferRun {

  private static final int SAMPLES = 15;
  private static final double SECONDS = 0.5;
  private static final int PATTERN = 0x5A5A5A5A;

  private final Side side;
  private final int sizeBytes;
  private final List<Moved> results = new ArrayList<>();

  private TransferRun(Side side, long sizeBytes) {
    this.side = side;
    this.sizeBytes = Math.toIntExact(sizeBytes);
  }

  static List<Moved> run(Side side, long sizeBytes) {
    TransferRun run = new TransferRun(side, sizeBytes);
    try (Transfers transfers = side.transfers(sizeBytes)) {
      run.measure(transfers);
    }
    return run.results;
  }

  private void measure(Transfers transfers) {
    byte[] source = new byte[sizeBytes];
    byte[] target = new byte[sizeBytes];
    new Random(7).nextBytes(source);
    time("upload", sizeBytes, () -> transfers.upload(source));
    time("copy", 2.0 * sizeBytes, transfers::copy);
    time("download", sizeBytes, () -> transfers.download(target));
    require("copy", Arrays.equals(source, target));
    time("fill", sizeBytes, () -> transfers.fill(PATTERN));
    transfers.download(target);
    byte[] filled = new byte[sizeBytes];
    Arrays.fill(filled, (byte) PATTERN);
    require("fill", Arrays.equals(filled, target));
  }

  private void time(String operation, double bytes, Runnable work) {
    Deadline end = Deadline.in(SECONDS);
    work.run();
    double[] rates = new double[SAMPLES];
    int count = 0;
    do {
      long start = System.nanoTime();
      work.run();
      rates[count++] = bytes / (System.nanoTime() - start);
    } while (count < SAMPLES && !end.over());
    Summary summary = Summary.of(Arrays.copyOf(rates, count));
    results.add(new Moved(side.title(), operation, sizeBytes, summary));
  }

  private void require(String operation, boolean right) {
    if (!right) {
      throw new WrongResult(
          "wrong bytes: side=%s, operation=%s, sizeBytes=%d"
              .formatted(side.title(), operation, sizeBytes));
    }
  }
}
