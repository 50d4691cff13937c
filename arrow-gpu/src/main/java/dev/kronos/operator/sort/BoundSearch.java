// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
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

/**
 * Finds how many of some sorted bounds come before each row of a batch, in the order of {@link
 * SortRows}: nulls and NaNs where the keys say, -0.0 equal to 0.0, strings as unsigned bytes.
 *
 * <p>One kernel for each word of a key narrows by binary search which bounds a row may be equal to.
 * Words of 32 or 64 bits are those of {@link SortRows}, but a string has no more of them than the
 * longest bound. Memory: 8 bytes a row. Nothing waits for the host. Not thread-safe.
 */
public final class BoundSearch implements AutoCloseable {
  private static final int FIRST_WORD = 8;

  private final Kronos kronos;
  private final Stream stream;
  private final List<ColumnLayout> layouts;
  private final int count;
  private final List<BoundWords> words;
  private final Resources resources = new Resources();
  private final List<BufferSlice> bounds = new ArrayList<>();

  /**
   * Creates the operator and records the transfer of the bounds.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param stream where the work is recorded; stays the caller's
   * @param order the keys; they name columns of the batches
   * @param layouts layouts of the batches' columns
   * @param sorted the bounds, in order; one at least
   */
  public BoundSearch(
      Kronos kronos,
      Stream stream,
      SortSpec order,
      List<ColumnLayout> layouts,
      SortedBounds sorted) {
    this.kronos = kronos;
    this.stream = stream;
    this.layouts = List.copyOf(layouts);
    this.count = sorted.count();
    this.words = BoundWords.of(order, layouts, sorted);
    try {
      upload();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void upload() {
    long strideBytes = (long) count * Long.BYTES;
    long sizeBytes = strideBytes * words.size();
    try (DeviceBuffer staging = kronos.memory().allocate(Pool.UPLOAD, sizeBytes)) {
      DeviceBuffer all = resources.own(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
      for (int i = 0; i < words.size(); i++) {
        write(words.get(i), staging.hostAddress() + i * strideBytes);
        int width = words.get(i).word().width().sizeBytes();
        bounds.add(new BufferSlice(all, i * strideBytes, (long) count * width));
      }
      stream.copy(staging, 0, all, 0, sizeBytes);
    }
  }

  private static void write(BoundWords words, long address) {
    long next = address;
    for (long word : words.words()) {
      if (words.word().width() == KeyWidth.INT32) {
        HostMemory.putInt(next, (int) word);
      } else {
        HostMemory.putLong(next, word);
      }
      next += words.word().width().sizeBytes();
    }
  }

  /**
   * Records the search for the rows of a batch.
   *
   * @param batch stays the caller's until the work is done
   * @return for each row how many bounds come before it, 32 bits each; the caller closes it
   */
  public DeviceBuffer search(ColumnBatch batch) {
    long sizeBytes = (long) batch.rows() * Integer.BYTES;
    DeviceBuffer lows = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
    try (DeviceBuffer highs = kronos.memory().allocate(Pool.DEVICE, sizeBytes)) {
      for (int i = 0; i < words.size(); i++) {
        narrow(batch, i, lows, highs);
      }
      return lows;
    } catch (RuntimeException e) {
      lows.close();
      throw e;
    }
  }

  private void narrow(ColumnBatch batch, int place, DeviceBuffer lows, DeviceBuffer highs) {
    BoundWords narrowed = words.get(place);
    int column = narrowed.key().column();
    ColumnBatch source = new ColumnBatch(List.of(batch.columns().get(column)), batch.rows());
    BufferSlice sought = bounds.get(place);
    Arguments arguments = Arguments.builder();
    BatchBinding.put(arguments, source);
    arguments.putAddress(sought.buffer(), sought.offset()).putAddress(lows).putAddress(highs);
    arguments.putInt(narrowed.word().part()).putInt(count);
    List<Access> accesses = new ArrayList<>();
    BatchBinding.addReads(accesses, source);
    accesses.add(Access.reads(sought.buffer(), sought.offset(), sought.sizeBytes()));
    accesses.add(place == 0 ? Access.writes(lows) : Access.updates(lows));
    accesses.add(place == 0 ? Access.writes(highs) : Access.updates(highs));
    int flags = KeyMaker.flags(layouts.get(column), narrowed.key(), narrowed.word());
    stream.dispatch(
        new Dispatch(
            kronos.kernels().named("sort/search_" + narrowed.word().kind()),
            arguments,
            accesses,
            Workgroups.forRows(batch.rows()),
            batch.rows(),
            place == 0 ? flags | FIRST_WORD : flags,
            null));
  }

  /** Frees the bounds; recorded work goes on. Idempotent. */
  @Override
  public void close() {
    resources.close();
  }
}
