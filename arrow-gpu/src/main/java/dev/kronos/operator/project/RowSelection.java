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
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.SelectedBits;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.TextRoom;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Selects the rows of a batch that pass all filters, and finds where the rows of each tile that
 * {@link ProjectCode} writes begin.
 */
final class RowSelection implements AutoCloseable {
  private final Kronos kronos;
  private final Stream stream;
  private final StatusArea status;
  private final LiteralBuffer literals;
  private final SelectCode code;
  private final Kernel select;
  private final Kernel find;
  private final int tileRows;
  private final SelectedBits selected;
  private final int lastFilter;
  private final TextRoom room;
  private final long[] counted;
  private final long[] repeated;
  private long passedBefore;
  private DeviceBuffer starts;

  RowSelection(
      Kronos kronos, Stream stream, FusedPipeline pipeline, StatusArea status, int roomCounter) {
    this.kronos = kronos;
    this.stream = stream;
    this.status = status;
    this.lastFilter = pipeline.conditions().size() - 1;
    this.code = new SelectCode(pipeline);
    this.select = kronos.kernels().compile(code.source());
    this.find = kronos.kernels().compile(starts());
    this.tileRows = ProjectCode.tileRows(pipeline);
    this.room = new TextRoom(kronos, status, roomCounter, pipeline.conditions());
    this.counted = new long[pipeline.conditions().size()];
    this.repeated = new long[pipeline.conditions().size()];
    this.selected = new SelectedBits(kronos);
    this.literals = new LiteralBuffer(kronos.memory(), stream, code.literals());
  }

  /** Returns the text of the kernel that finds where tiles begin; needs no device. */
  static ShaderSource starts() {
    return new KernelText("project/starts")
        .arguments("tiles", "starts")
        .resource("project/starts.glsl")
        .source();
  }

  /** Selects rows of a batch that is not empty, waits and returns how many; throws RowFailure. */
  int select(ColumnBatch batch) {
    reserve(batch.rows());
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

  private void reserve(int rows) {
    selected.reserve(rows);
    // One more than there are tiles: the last tells where the rows of the tile before it end.
    long sizeBytes = ((rows - 1L) / tileRows + 2) * Integer.BYTES;
    if (starts == null || starts.sizeBytes() < sizeBytes) {
      freeStarts();
      starts = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
    }
  }

  private void run(ColumnBatch batch) {
    recordSelect(batch);
    selected.recordSums(stream, batch.rows());
    recordStarts(batch.rows());
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
    int workgroups = code.workgroups(batch.rows());
    stream.dispatch(
        new Dispatch(select, arguments, accesses, workgroups, batch.rows(), 0, status.buffer()));
  }

  private void recordStarts(int rows) {
    Arguments arguments = Arguments.builder().putAddress(selected.tiles()).putAddress(starts);
    List<Access> accesses = List.of(Access.reads(selected.tiles()), Access.writes(starts));
    int workgroups = Workgroups.forRows((rows - 1) / Workgroups.SIZE + 1);
    stream.dispatch(new Dispatch(find, arguments, accesses, workgroups, rows, tileRows, null));
  }

  /** Appends the addresses of what was selected last, for {@link ProjectCode}. */
  void put(Arguments arguments) {
    selected.put(arguments);
    arguments.putAddress(starts);
  }

  /** Returns the accesses of the kernel that writes what was selected. */
  List<Access> reads() {
    List<Access> accesses = new ArrayList<>(selected.reads());
    accesses.add(Access.reads(starts));
    return accesses;
  }

  private void freeStarts() {
    if (starts != null) {
      starts.close();
      starts = null;
    }
  }

  @Override
  public void close() {
    literals.close();
    selected.close();
    freeStarts();
    room.close();
  }
}
