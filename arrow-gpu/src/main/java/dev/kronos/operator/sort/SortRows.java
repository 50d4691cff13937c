// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.Kronos;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.Storage;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.sort.SortBuffers.Rows;
import java.util.List;
import java.util.Objects;

/**
 * Orders the rows of a batch by several keys, on the device, rows that are equal in all of them in
 * their order.
 *
 * <p>Each key becomes unsigned numbers of 32 or 64 bits, and the rows are sorted by one number
 * after the other, from the least significant of the last key to the most significant of the first.
 * Signed integers, dates, timestamps and decimals of up to 18 digits are one number, wider decimals
 * two. Floating point numbers are ordered by their value: -0.0 equals 0.0, NaNs equal each other
 * and stand where the key says. Nulls, where a column has any, are one number more, of a single
 * bit. Strings are ordered as unsigned bytes: a number for their length, then one for each 8 bytes
 * of the longest string.
 *
 * <p>Cost: for each number one kernel that makes it and one round trip to the host, which learns
 * how many bits differ, then a pass for each 8 of those bits. One long string among short ones
 * makes all rows pay for it. Memory: 24 bytes a row.
 *
 * <p>Thread-safe.
 */
public final class SortRows {

  private final Kronos kronos;

  /** Creates the operator on a device, which stays the caller's. */
  public SortRows(Kronos kronos) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
  }

  /**
   * Orders rows; work on any stream may use the order at once.
   *
   * @param stream where the work is recorded and submitted
   * @param batch the rows; stays the caller's
   * @param spec how they are ordered; names columns of the batch
   * @return the numbers of the rows in order, 32 bits each, which the caller closes
   */
  public DeviceBuffer order(Stream stream, ColumnBatch batch, SortSpec spec) {
    try (SortBuffers buffers =
            new SortBuffers(kronos, KeyWidth.INT64, batch.rows(), Rows.NUMBERED);
        KeyMaker maker = new KeyMaker(kronos, stream)) {
      if (batch.rows() > 0) {
        Run run = new Run(stream, buffers, maker);
        for (int i = spec.keys().size() - 1; i >= 0; i--) {
          SortSpec.Key key = spec.keys().get(i);
          run.sortBy(batch.columns().get(key.column()), key);
        }
        run.numberRows();
      }
      return buffers.rows().retain();
    }
  }

  /**
   * Finds the first rows in an order; work on any stream may use them at once. Where the order is
   * that of one number for each row, and there are no nulls, rows are only sorted once it is known
   * by their highest digit that they are among the first; else all are.
   *
   * @param stream where the work is recorded and submitted
   * @param batch the rows; stays the caller's
   * @param key how they are ordered
   * @param most how many are wanted, 1 or more
   * @return the numbers of at least the first {@code min(most, rows)} rows in order, 32 bits each,
   *     which the caller closes
   */
  public DeviceBuffer first(Stream stream, ColumnBatch batch, SortSpec.Key key, int most) {
    Column column = batch.columns().get(key.column());
    if (most > batch.rows() / FEW || !KeyWord.isOne(column)) {
      return order(stream, batch, new SortSpec(List.of(key)));
    }
    try (SortBuffers buffers =
            new SortBuffers(kronos, KeyWidth.INT64, batch.rows(), Rows.NUMBERED);
        KeyMaker maker = new KeyMaker(kronos, stream)) {
      KeyWord word = KeyWord.of(column.layout()).get(0);
      KeyRange range = maker.make(column, key, word, buffers).range();
      RadixSort sort = new RadixSort(kronos, word.width());
      buffers.limit(sort.selectFirst(stream, buffers, range, most));
      sort.record(stream, buffers, range);
      stream.submit();
      return buffers.rows().retain();
    }
  }

  /** Selecting pays where it leaves out most rows. */
  private static final int FEW = 8;

  /** One sort under way. */
  private final class Run {
    private final Stream stream;
    private final SortBuffers buffers;
    private final KeyMaker maker;
    private KeyWidth lastWidth;

    Run(Stream stream, SortBuffers buffers, KeyMaker maker) {
      this.stream = stream;
      this.buffers = buffers;
      this.maker = maker;
    }

    void sortBy(Column column, SortSpec.Key key) {
      for (KeyWord word : KeyWord.of(column.layout())) {
        KeyMaker.Extremes found = sortBy(column, key, word);
        if (column.layout().storage() == Storage.UTF8) {
          KeyWord.ofStrings(found.longest(key)).forEach(part -> sortBy(column, key, part));
        }
      }
      if (column.validity() != null) {
        sortBy(column, key, KeyWord.NULLS);
      }
    }

    private KeyMaker.Extremes sortBy(Column column, SortSpec.Key key, KeyWord word) {
      KeyMaker.Extremes found = maker.make(column, key, word, buffers);
      lastWidth = word.width();
      if (found.range().bits() > 0) {
        new RadixSort(kronos, lastWidth).record(stream, buffers, found.range());
      }
      return found;
    }

    /** Where no key told rows apart, they have no numbers yet, and the last keys are all equal. */
    void numberRows() {
      if (!buffers.rowsWritten()) {
        new RadixSort(kronos, lastWidth).record(stream, buffers, KeyRange.between(0, 0));
      }
      stream.submit();
    }
  }
}
