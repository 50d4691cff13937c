// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.kronos;

import dev.kronos.Kronos;
import dev.kronos.bench.program.Contender;
import dev.kronos.dispatch.BatchBuilder;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.dispatch.Ticket;

/** Records the batch on a stream each time. */
final class RecordedProgram extends KronosProgram {

  private final KronosJob job;
  private final Stream stream;
  private final BatchBuilder batch;

  RecordedProgram(Kronos kronos, KronosJob job) {
    super(kronos);
    this.job = job;
    this.stream = kronos.newStream();
    this.batch = stream.batch();
  }

  @Override
  public Contender contender() {
    return Contender.KRONOS_RECORDED;
  }

  @Override
  Ticket submit() {
    job.record(batch);
    return batch.submit();
  }

  @Override
  StreamCounters counters() {
    return stream.counters();
  }

  @Override
  long rootsWritten() {
    return counters().dispatches();
  }

  @Override
  public void close() {
    stream.close();
  }
}
