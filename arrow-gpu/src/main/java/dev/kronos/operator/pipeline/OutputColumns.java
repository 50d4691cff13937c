// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the memory that a kernel of {@link OutputCode} writes to, all columns in one buffer, and
 * completes strings. Use: put the arguments and accesses into the dispatch, submit and await it,
 * then {@link #finish}. Closing drops what was not handed over.
 */
public final class OutputColumns implements AutoCloseable {
  private static final long ALIGNMENT = 256;

  /** Above that many bytes on average, an invocation a string would be too few of them. */
  private static final long MOST_CHARACTERS = 1 << 10;

  private final Kronos kronos;
  private final List<ColumnLayout> layouts;
  private final int rows;
  private final List<BufferSlice> held = new ArrayList<>();
  private final List<BufferSlice> validity = new ArrayList<>();
  private final List<BufferSlice> values = new ArrayList<>();
  private final List<BufferSlice> offsets = new ArrayList<>();
  private DeviceBuffer block;
  private long used;

  /**
   * Allocates the memory of all columns but for characters.
   *
   * @param kronos the device
   * @param layouts Arrow layouts of the columns
   * @param rows rows to be written, more than 0
   */
  public OutputColumns(Kronos kronos, List<ColumnLayout> layouts, int rows) {
    this.kronos = kronos;
    this.layouts = List.copyOf(layouts);
    this.rows = rows;
    long sizeBytes = 0;
    for (ColumnLayout layout : layouts) {
      sizeBytes += padded(validityBytes(layout)) + padded(valueBytes(layout));
      sizeBytes += padded(offsetBytes(layout));
    }
    this.block = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
    for (ColumnLayout layout : layouts) {
      validity.add(take(validityBytes(layout)));
      values.add(take(valueBytes(layout)));
      offsets.add(take(offsetBytes(layout)));
    }
  }

  private static long padded(long sizeBytes) {
    return (sizeBytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Returns the bytes of a column of bits, in whole words, for kernels write words. */
  private long bitBytes() {
    return (Validity.BITS.sizeBytes(rows) + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
  }

  private long validityBytes(ColumnLayout layout) {
    return layout.nullable() ? bitBytes() : 0;
  }

  /** Returns the bytes of values; of strings, those of their addresses. */
  private long valueBytes(ColumnLayout layout) {
    return switch (layout.storage()) {
      case BITS -> bitBytes();
      case UTF8 -> (long) rows * Long.BYTES;
      default -> layout.storage().sizeBytes(rows);
    };
  }

  private long offsetBytes(ColumnLayout layout) {
    return layout.storage() == Storage.UTF8 ? (rows + 1L) * Integer.BYTES : 0;
  }

  private BufferSlice take(long sizeBytes) {
    if (sizeBytes == 0) {
      return null;
    }
    BufferSlice slice = BufferSlice.shared(block, used, sizeBytes);
    used += padded(sizeBytes);
    held.add(slice);
    return slice;
  }

  /** Appends the pointers that {@link OutputCode#arguments()} names. */
  public void put(Arguments arguments) {
    for (int i = 0; i < layouts.size(); i++) {
      BatchBinding.putSlice(arguments, validity.get(i));
      BatchBinding.putSlice(arguments, values.get(i));
      BatchBinding.putSlice(arguments, offsets.get(i));
    }
  }

  /** Returns the access of the kernel that writes the columns. */
  public Access access() {
    return Access.writes(block);
  }

  /**
   * Completes the columns: makes offsets of the sizes of strings and copies their characters, which
   * must still be where they were. Work on any stream may use the batch at once.
   *
   * @param stream where the kernel that wrote the columns was recorded; it is done where there are
   *     strings
   * @param characters bytes of each string column, in order
   * @param sources reads of everything that strings may have been taken from
   * @return the batch, which the caller owns
   */
  public ColumnBatch finish(Stream stream, List<Long> characters, List<Access> sources) {
    List<Column> columns = record(stream, characters, sources);
    stream.submit();
    return handOver(columns);
  }

  /** Does as {@link #finish}, but leaves it to the caller to submit what is recorded. */
  ColumnBatch finishUnsubmitted(Stream stream, List<Long> characters, List<Access> sources) {
    return handOver(record(stream, characters, sources));
  }

  private List<Column> record(Stream stream, List<Long> characters, List<Access> sources) {
    List<Column> columns = new ArrayList<>(layouts.size());
    int strings = 0;
    for (int i = 0; i < layouts.size(); i++) {
      BufferSlice content = values.get(i);
      if (layouts.get(i).storage() == Storage.UTF8) {
        content = allocateCharacters(characters.get(strings++));
        recordCharacters(stream, i, content, sources);
      }
      columns.add(new Column(layouts.get(i), validity.get(i), content, offsets.get(i), null, 0));
    }
    return columns;
  }

  private ColumnBatch handOver(List<Column> columns) {
    for (Column column : columns) {
      held.removeAll(column.slices());
    }
    return new ColumnBatch(columns, rows);
  }

  private BufferSlice allocateCharacters(long sizeBytes) {
    if (sizeBytes > Integer.MAX_VALUE) {
      throw new KronosException.Exhausted(
          KronosException.message("strings of a batch above 2 GiB", "sizeBytes", sizeBytes));
    }
    BufferSlice target = BufferSlice.whole(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
    held.add(target);
    return target;
  }

  private void recordCharacters(
      Stream stream, int column, BufferSlice target, List<Access> sources) {
    BufferSlice sizes = offsets.get(column);
    new PrefixSum(kronos, PrefixSum.Width.INT32)
        .record(stream, sizes.buffer(), sizes.offset(), rows);
    Arguments copy = Arguments.builder();
    BatchBinding.putSlice(copy, sizes);
    BatchBinding.putSlice(copy, values.get(column));
    BatchBinding.putSlice(copy, target);
    BufferSlice addresses = values.get(column);
    List<Access> accesses = new ArrayList<>(sources);
    accesses.add(Access.reads(sizes.buffer(), sizes.offset(), sizes.sizeBytes()));
    accesses.add(Access.reads(addresses.buffer(), addresses.offset(), addresses.sizeBytes()));
    accesses.add(Access.writes(target.buffer()));
    boolean pieces = target.sizeBytes() / rows > MOST_CHARACTERS;
    if (pieces) {
      copy.putLong(rows);
    }
    int count = pieces ? ceilDiv(target.sizeBytes(), StringCode.PIECE_BYTES) : rows;
    Kernel kernel =
        kronos.kernels().compile(pieces ? StringCode.longCharacters() : StringCode.characters());
    int workgroups = Workgroups.forRows(count);
    stream.dispatch(new Dispatch(kernel, copy, accesses, workgroups, count, 0, null));
  }

  private static int ceilDiv(long dividend, int divisor) {
    return (int) ((dividend + divisor - 1) / divisor);
  }

  /** Drops the memory that is not part of a finished batch. */
  @Override
  public void close() {
    held.forEach(BufferSlice::close);
    held.clear();
    block.close();
  }
}
