// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.SelectedRows;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.TextRoom;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/** Lists, in order, the rows of a batch that pass all filters. */
final class RowSelection implements AutoCloseable {
  private final Stream stream;
  private final StatusArea status;
  private final LiteralBuffer literals;
  private final Kernel select;
  private final SelectedRows selected;
  private final int lastFilter;
  private final TextRoom room;
  private final long[] counted;
  private final long[] repeated;
  private long passedBefore;

  RowSelection(
      Kronos kronos, Stream stream, FusedPipeline pipeline, StatusArea status, int roomCounter) {
    this.stream = stream;
    this.status = status;
    this.lastFilter = pipeline.conditions().size() - 1;
    SelectCode code = new SelectCode(pipeline);
    this.select = kronos.kernels().compile(code.source());
    this.room = new TextRoom(kronos, status, roomCounter, pipeline.conditions());
    this.counted = new long[pipeline.conditions().size()];
    this.repeated = new long[pipeline.conditions().size()];
    this.selected = new SelectedRows(kronos);
    this.literals = new LiteralBuffer(kronos.memory(), stream, code.literals());
  }

  /** Selects rows of a batch that is not empty, waits and returns how many; throws RowFailure. */
  int select(ColumnBatch batch) {
    selected.reserve(batch.rows());
    room.reserve(batch.rows());
    run(batch);
    while (room.wasTooSmall()) {
      forget();
      run(batch);
    }
    status.checkRows();
    int count = (int) (passed(lastFilter) - passedBefore);
    passedBefore += count;
    count();
    return count;
  }

  private void run(ColumnBatch batch) {
    recordSelect(batch);
    selected.recordList(stream, batch.rows());
    status.recordRead(stream);
    stream.submit().await();
  }

  /** Lets what the last run counted not count. */
  private void forget() {
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] += status.counter(i) - counted[i];
    }
    count();
  }

  private void count() {
    for (int i = 0; i < counted.length; i++) {
      counted[i] = status.counter(i);
    }
  }

  /** Returns how many rows passed a filter so far. */
  long passed(int filter) {
    return status.counter(filter) - repeated[filter];
  }

  private void recordSelect(ColumnBatch batch) {
    Arguments arguments = Arguments.builder();
    literals.put(arguments);
    arguments.putLong(status.countersAddress());
    selected.put(arguments);
    room.put(arguments);
    BatchBinding.put(arguments, batch);
    List<Access> accesses = new ArrayList<>(literals.accesses());
    accesses.add(status.access());
    accesses.addAll(selected.accesses());
    accesses.addAll(room.accesses());
    BatchBinding.addReads(accesses, batch);
    int workgroups = Workgroups.forRows(batch.rows());
    stream.dispatch(
        new Dispatch(select, arguments, accesses, workgroups, batch.rows(), 0, status.buffer()));
  }

  /** Returns the buffer with the numbers of the rows selected last. */
  DeviceBuffer rows() {
    return selected.rows();
  }

  @Override
  public void close() {
    literals.close();
    selected.close();
    room.close();
  }
}
