// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.Kronos;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Validity;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/** Makes keys of a column in the order that rows have so far, and finds their range. */
final class KeyMaker implements AutoCloseable {

  private static final int VALIDITY_BYTES = 1;
  private static final int DOWNWARDS = 2;
  private static final int FIRST = 4;
  private static final long RANGE_BYTES = 2L * Long.BYTES;

  private final Kronos kronos;
  private final Stream stream;
  private final Resources resources = new Resources();
  private final DeviceBuffer range;
  private final DeviceBuffer host;

  KeyMaker(Kronos kronos, Stream stream) {
    this.kronos = kronos;
    this.stream = stream;
    try {
      this.range = resources.own(kronos.memory().allocate(Pool.DEVICE, RANGE_BYTES));
      this.host = resources.own(kronos.memory().allocate(Pool.READBACK, RANGE_BYTES));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Holds the extremes of the keys of rows that are not null.
   *
   * @param least the least key as an unsigned number
   * @param greatest the greatest key; below the least where there are no such rows
   */
  record Extremes(long least, long greatest) {

    KeyRange range() {
      return KeyRange.between(least, greatest);
    }

    /** Returns the length of the longest string, where these are lengths; 0 without any. */
    int longest(SortSpec.Key key) {
      if (Long.compareUnsigned(least, greatest) > 0) {
        return 0;
      }
      return key.order() == SortOrder.DESCENDING ? ~(int) least : (int) greatest;
    }
  }

  /**
   * Makes one word of each row's key, waits and returns the extremes of those that are not null.
   *
   * @param buffers get the keys; hold the order so far
   */
  Extremes make(Column column, SortSpec.Key key, KeyWord word, SortBuffers buffers) {
    stream.fill(range, 0, Long.BYTES, -1).fill(range, Long.BYTES, Long.BYTES, 0);
    ColumnBatch source = new ColumnBatch(List.of(column), buffers.count());
    Arguments arguments = Arguments.builder();
    BatchBinding.put(arguments, source);
    List<Access> accesses = new ArrayList<>();
    BatchBinding.addReads(accesses, source);
    accesses.add(Access.writes(buffers.keys()));
    accesses.add(Access.updates(range));
    if (buffers.rowsWritten()) {
      arguments.putAddress(buffers.rows());
      accesses.add(Access.reads(buffers.rows()));
    } else {
      arguments.putLong(0);
    }
    arguments.putAddress(buffers.keys()).putAddress(range).putInt(word.part()).putInt(0);
    stream.dispatch(
        new Dispatch(
            kronos.kernels().named("sort/keys_" + word.kind()),
            arguments,
            accesses,
            Workgroups.forRows(buffers.count()),
            buffers.count(),
            flags(column.layout(), key, word),
            null));
    stream.copy(range, 0, host, 0, RANGE_BYTES).submit().await();
    return new Extremes(
        HostMemory.longAt(host.hostAddress()), HostMemory.longAt(host.hostAddress() + Long.BYTES));
  }

  static int flags(ColumnLayout layout, SortSpec.Key key, KeyWord word) {
    return (layout.validity() == Validity.BYTES ? VALIDITY_BYTES : 0)
        | (key.order() == SortOrder.DESCENDING ? DOWNWARDS : 0)
        | (specialsFirst(key, word) ? FIRST : 0);
  }

  /** Tells whether nulls come first or, where a word is not about them, NaNs do. */
  static boolean specialsFirst(SortSpec.Key key, KeyWord word) {
    return word.equals(KeyWord.NULLS) ? key.nulls() == NullPlacement.AT_START : key.nansFirst();
  }

  @Override
  public void close() {
    resources.close();
  }
}
