// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers the rows that a kernel marked by 1 among 0: how many of them there are before each row,
 * and which rows they are. Not thread-safe.
 *
 * <pre>
 *   numbers  32 bits for each row, and the number of marked rows behind them
 *   places   32 bits for each marked row, and the number of rows behind them
 * </pre>
 */
final class MarkedRows implements AutoCloseable {
  private final Kronos kronos;
  private final int rows;
  private final DeviceBuffer numbers;
  private final DeviceBuffer places;

  /** Allocates the memory for 1 row or more. */
  MarkedRows(Kronos kronos, int rows) {
    this.kronos = kronos;
    this.rows = rows;
    long sizeBytes = (rows + 1L) * Integer.BYTES;
    this.numbers = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
    try {
      this.places = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
    } catch (RuntimeException e) {
      numbers.close();
      throw e;
    }
  }

  /** Returns where marks go, and numbers come from once {@link #number} is recorded. */
  DeviceBuffer numbers() {
    return numbers;
  }

  /** Returns where the rows are. */
  DeviceBuffer places() {
    return places;
  }

  /** Returns the first places as a list of rows. */
  BufferSlice firstPlaces(int count) {
    return new BufferSlice(places, 0, (long) count * Integer.BYTES);
  }

  /**
   * Records that a kernel marks rows, and the numbering.
   *
   * @param marking writes a mark for each row of a batch
   * @param listing the kernel that lists marked rows
   */
  void mark(Stream stream, Kernel marking, Kernel listing, ColumnBatch batch) {
    Arguments arguments = Arguments.builder().putAddress(numbers);
    BatchBinding.put(arguments, batch);
    List<Access> accesses = new ArrayList<>(List.of(Access.writes(numbers)));
    BatchBinding.addReads(accesses, batch);
    int groups = Workgroups.forRows(rows);
    stream.dispatch(new Dispatch(marking, arguments, accesses, groups, rows, 0, null));
    number(stream, listing);
  }

  /**
   * Records the numbering, once marks are recorded.
   *
   * @param listing the kernel that lists marked rows
   */
  void number(Stream stream, Kernel listing) {
    new PrefixSum(kronos, PrefixSum.Width.INT32).record(stream, numbers, 0, rows);
    stream.dispatch(
        new Dispatch(
            listing,
            Arguments.builder().putAddress(numbers).putAddress(places),
            List.of(Access.reads(numbers), Access.writes(places)),
            Workgroups.forRows(rows),
            rows,
            0,
            null));
  }

  /** Appends the addresses of numbers and places. */
  void put(Arguments arguments) {
    arguments.putAddress(numbers).putAddress(places);
  }

  /** Adds what reads numbers and places. */
  void addReads(List<Access> accesses) {
    accesses.add(Access.reads(numbers));
    accesses.add(Access.reads(places));
  }

  @Override
  public void close() {
    numbers.close();
    places.close();
  }
}
