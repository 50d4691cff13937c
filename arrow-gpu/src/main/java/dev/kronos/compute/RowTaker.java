// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/** Takes rows of Arrow's layout by their numbers. Holds what it made until it is handed over. */
final class RowTaker implements AutoCloseable {

  private static final int BITS_PER_WORD = 32;

  private final Kronos kronos;
  private final Stream stream;
  private final Resources resources = new Resources();

  RowTaker(Kronos kronos, Stream stream) {
    this.kronos = kronos;
    this.stream = stream;
  }

  /**
   * Takes rows and waits for it.
   *
   * @param source a column in Arrow's layout; stays the caller's
   * @param rows numbers of rows, 32 bits each; stay the caller's
   * @param count how many
   * @return a column that the caller closes
   */
  Column take(Column source, DeviceBuffer rows, int count) {
    BufferSlice validity = null;
    BufferSlice values = null;
    BufferSlice offsets = null;
    if (count > 0) {
      validity = source.validity() == null ? null : bits(source.validity(), source, rows, count);
      if (source.layout().storage() == Storage.UTF8) {
        offsets = offsets(source, rows, count);
        values = characters(source, rows, offsets, count);
      } else {
        values = values(source, rows, count);
      }
      stream.submit().await();
    }
    return new Column(source.layout(), validity, values, offsets, null, 0).retain();
  }

  private BufferSlice allocate(long sizeBytes) {
    return BufferSlice.whole(
        resources.own(kronos.memory().allocate(Pool.DEVICE, Math.max(1, sizeBytes))));
  }

  private BufferSlice bits(BufferSlice source, Column column, DeviceBuffer rows, int count) {
    int words = (count - 1) / BITS_PER_WORD + 1;
    BufferSlice target = allocate((long) words * Integer.BYTES);
    Gather gather = new Gather(source, rows, target, column.bitOffset());
    record("sort/gather_bits", gather, Workgroups.forRows(words), count);
    return new BufferSlice(target.buffer(), 0, Validity.BITS.sizeBytes(count));
  }

  private BufferSlice values(Column source, DeviceBuffer rows, int count) {
    Storage storage = source.layout().storage();
    if (storage == Storage.BITS) {
      return bits(source.values(), source, rows, count);
    }
    BufferSlice target = allocate(storage.sizeBytes(count));
    String kernel = "sort/gather_" + storage.bytesPerValue() * Byte.SIZE;
    record(kernel, new Gather(source.values(), rows, target, 0), Workgroups.forRows(count), count);
    return target;
  }

  /** Names what a kernel takes from where. */
  private record Gather(BufferSlice source, DeviceBuffer rows, BufferSlice target, int bitOffset) {}

  private void record(String kernel, Gather gather, int workgroups, int count) {
    BufferSlice source = gather.source;
    Arguments arguments =
        Arguments.builder()
            .putAddress(source.buffer(), source.offset())
            .putAddress(gather.rows)
            .putAddress(gather.target.buffer())
            .putInt(gather.bitOffset)
            .putInt(0);
    List<Access> accesses =
        List.of(
            Access.reads(source.buffer(), source.offset(), source.sizeBytes()),
            Access.reads(gather.rows),
            Access.writes(gather.target.buffer()));
    dispatch(kernel, arguments, accesses, workgroups, count);
  }

  private void dispatch(
      String kernel, Arguments arguments, List<Access> accesses, int workgroups, int count) {
    stream.dispatch(
        new Dispatch(
            kronos.kernels().named(kernel), arguments, accesses, workgroups, count, 0, null));
  }

  private BufferSlice offsets(Column source, DeviceBuffer rows, int count) {
    BufferSlice offsets = allocate((count + 1L) * Integer.BYTES);
    List<Access> accesses = stringReads(source, rows);
    accesses.add(Access.writes(offsets.buffer()));
    Arguments arguments = strings(source, rows).putAddress(offsets.buffer()).putLong(0);
    dispatch("strings/lengths", arguments, accesses, Workgroups.forRows(count), count);
    new PrefixSum(kronos, PrefixSum.Width.INT32).record(stream, offsets.buffer(), 0, count);
    return offsets;
  }

  private BufferSlice characters(Column source, DeviceBuffer rows, BufferSlice offsets, int count) {
    long sizeBytes = total(offsets, count);
    if (sizeBytes == 0) {
      return null;
    }
    BufferSlice target = allocate(sizeBytes);
    List<Access> accesses = stringReads(source, rows);
    accesses.add(Access.reads(offsets.buffer()));
    accesses.add(Access.writes(target.buffer()));
    Arguments arguments =
        strings(source, rows).putAddress(offsets.buffer()).putAddress(target.buffer());
    dispatch("strings/gather", arguments, accesses, Workgroups.forRows(count), count);
    return target;
  }

  /** Waits for the offsets and returns the last one. */
  private long total(BufferSlice offsets, int count) {
    try (DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, Integer.BYTES)) {
      long at = (long) count * Integer.BYTES;
      stream.copy(offsets.buffer(), at, host, 0, Integer.BYTES).submit().await();
      int sizeBytes = HostMemory.intAt(host.hostAddress());
      if (sizeBytes < 0) {
        throw new KronosException.Exhausted(
            message("strings above 2 GiB", "sizeBytes", Integer.toUnsignedLong(sizeBytes)));
      }
      return sizeBytes;
    }
  }

  private static Arguments strings(Column source, DeviceBuffer rows) {
    Arguments arguments = Arguments.builder();
    BatchBinding.put(arguments, new ColumnBatch(List.of(source), 0));
    return arguments.putAddress(rows);
  }

  private static List<Access> stringReads(Column source, DeviceBuffer rows) {
    List<Access> accesses = new ArrayList<>();
    BatchBinding.addReads(accesses, new ColumnBatch(List.of(source), 0));
    accesses.add(Access.reads(rows));
    return accesses;
  }

  @Override
  public void close() {
    resources.close();
  }
}
