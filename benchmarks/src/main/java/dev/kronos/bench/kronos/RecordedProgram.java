// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.kronos;

import dev.kronos.Kronos;
import dev.kronos.bench.program.Contender;
import dev.kronos.dispatch.BatchBuilder;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.dispatch.Ticket;

/**
 * Records the batch on a stream each time: always the same, of which Kronos may find native
 * commands that are still right, or each one unlike those before it.
 */
final class RecordedProgram extends KronosProgram {

  /** Commands are compared with those of one batch before; a few more shapes keep clear of that. */
  private static final int SHAPES = 13;

  private static final int TABLE_ALIGNMENT = 16;

  private final Contender contender;
  private final KronosJob job;
  private final Stream stream;
  private final BatchBuilder batch;
  private final byte[][] unread;
  private int round;

  RecordedProgram(Kronos kronos, KronosJob job, Contender contender) {
    super(kronos);
    this.contender = contender;
    int shapes = contender == Contender.KRONOS_CHANGING ? SHAPES : 1;
    unread = new byte[shapes][];
    for (int i = 0; i < shapes; i++) {
      unread[i] = new byte[i * TABLE_ALIGNMENT];
    }
    this.job = job;
    this.stream = kronos.newStream();
    this.batch = stream.batch();
  }

  @Override
  public Contender contender() {
    return contender;
  }

  @Override
  Ticket submit() {
    job.record(batch, unread[round]);
    round = (round + 1) % unread.length;
    return batch.submit();
  }

  @Override
  StreamCounters counters() {
    return stream.counters();
  }

  @Override
  long rootsWritten() {
    return counters().dispatches() - counters().reusedDispatches();
  }

  @Override
  public void close() {
    stream.close();
  }
}
