// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.kronos;

import dev.kronos.Kronos;
import dev.kronos.bench.program.Contender;
import dev.kronos.dispatch.BatchBuilder;
import dev.kronos.dispatch.Recording;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.dispatch.Ticket;

/** Records the batch once and submits the recording each time. */
final class ReplayedProgram extends KronosProgram {

  private final Stream stream;
  private final Recording recording;
  private final long roots;

  ReplayedProgram(Kronos kronos, KronosJob job) {
    super(kronos);
    stream = kronos.newStream();
    BatchBuilder batch = stream.batch();
    job.record(batch);
    recording = batch.record();
    roots = job.dispatches();
  }

  @Override
  public Contender contender() {
    return Contender.KRONOS_REPLAYED;
  }

  @Override
  Ticket submit() {
    return recording.replay();
  }

  @Override
  StreamCounters counters() {
    return stream.counters();
  }

  /** They were written when the recording was made. */
  @Override
  long rootsWritten() {
    return roots;
  }

  @Override
  public void close() {
    recording.close();
    stream.close();
  }
}
