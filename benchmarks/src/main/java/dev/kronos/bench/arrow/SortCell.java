// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.bench.work.WrongResult;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.sort.KeyRange;
import dev.kronos.operator.sort.KeyWidth;
import dev.kronos.operator.sort.RadixSort;
import dev.kronos.operator.sort.SortBuffers;
import dev.kronos.operator.sort.SortBuffers.Rows;
import dev.kronos.operator.sort.SortOrder;
import java.util.BitSet;

/** Sorts random signed keys, alone or with the numbers of their rows. */
final class SortCell implements ArrowCell {

  private final int count;
  private final KeyWidth width;
  private final Rows rows;
  private final DeviceData data;
  private final DeviceBuffer source;
  private final SortBuffers buffers;
  private final RadixSort sort;

  SortCell(Kronos kronos, int count, KeyWidth width, Rows rows) {
    this.count = count;
    this.width = width;
    this.rows = rows;
    this.data = new DeviceData(kronos);
    try {
      this.source = data.filled(count, width.sizeBytes(), DeviceData::random);
      this.buffers = new SortBuffers(kronos, width, count, rows);
      this.sort = new RadixSort(kronos, width);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  @Override
  public long elements() {
    return count;
  }

  @Override
  public double bytes() {
    return 2.0 * count * (width.sizeBytes() + (rows == Rows.NONE ? 0 : Integer.BYTES));
  }

  @Override
  public void record(Stream stream) {
    sort.record(stream, source, buffers, KeyRange.signed(width, SortOrder.ASCENDING));
  }

  private long key(int place) {
    long random = DeviceData.random(place);
    return width == KeyWidth.INT64 ? random : (int) random;
  }

  @Override
  public void check() {
    long[] last = {Long.MIN_VALUE};
    long[] sum = {0};
    data.read(
        buffers.keys(),
        count,
        width.sizeBytes(),
        (place, key) -> {
          require(key >= last[0], "key", place);
          last[0] = key;
          sum[0] += DeviceData.random(key) - DeviceData.random(key(place));
        });
    require(sum[0] == 0, "sum of hashes of keys", count);
    if (rows == Rows.NUMBERED) {
      checkRows();
    }
  }

  /** Each row comes once, its keys ascend, and equal ones keep their order. */
  private void checkRows() {
    BitSet seen = new BitSet(count);
    int[] last = {-1};
    data.read(
        buffers.rows(),
        count,
        Integer.BYTES,
        (place, found) -> {
          int row = (int) found;
          require(row >= 0 && row < count && !seen.get(row), "row", place);
          seen.set(row);
          boolean first = last[0] < 0;
          long before = first ? Long.MIN_VALUE : key(last[0]);
          require(
              before < key(row) || first || (before == key(row) && last[0] < row), "row", place);
          last[0] = row;
        });
  }

  private static void require(boolean right, String what, int place) {
    if (!right) {
      throw new WrongResult(
          "wrong result: workload=sort, what=%s, place=%d".formatted(what, place));
    }
  }

  @Override
  public void close() {
    buffers.close();
    data.close();
  }
}
