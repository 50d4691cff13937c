// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spill;

import dev.kronos.column.ColumnBatch;
import dev.kronos.memory.DeviceBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Is a batch in a {@link BatchStore}. Whoever received it closes it. While it is pinned it lies on
 * the device. Safe for use by many threads.
 */
public final class StoredBatch implements AutoCloseable {
  private final BatchStore store;
  final BatchShape shape;
  final SpillMeter meter;

  // One of these three says where the batch is; all of them guarded by the store.
  ColumnBatch device;
  DeviceBuffer host;
  SpillFile file;
  int pins;
  boolean closed;

  StoredBatch(BatchStore store, ColumnBatch batch, SpillMeter meter) {
    this.store = store;
    this.shape = BatchShape.of(batch);
    this.meter = meter;
    this.device = batch;
  }

  /** Returns how many rows there are, 0 or more. */
  public int rows() {
    return shape.rows();
  }

  /** Returns how many bytes the batch takes on the device once it was away; padding included. */
  public long sizeBytes() {
    return shape.sizeBytes();
  }

  /**
   * Brings the batch to the device, unless it is there, and keeps it there.
   *
   * @return a hold on it, which the caller closes
   * @throws dev.kronos.KronosException.Exhausted when there is no room for it; the batch stays
   *     where it is
   */
  public Pinned pin() {
    store.pin(this);
    return new Pinned();
  }

  /**
   * Keeps batches on the device for as long as a function works on them.
   *
   * @param work takes the batches, in order, which stay the store's
   * @return what it returns
   * @throws dev.kronos.KronosException.Exhausted when there is no room for all of them
   */
  public static <T> T pinned(Collection<StoredBatch> batches, Function<List<ColumnBatch>, T> work) {
    List<Pinned> pins = new ArrayList<>(batches.size());
    try {
      batches.forEach(batch -> pins.add(batch.pin()));
      return work.apply(pins.stream().map(Pinned::batch).toList());
    } finally {
      pins.forEach(Pinned::close);
    }
  }

  /** Gives the batch up; what is pinned goes when it is no longer. Idempotent. */
  @Override
  public void close() {
    store.remove(this);
  }

  /** Keeps a batch on the device until it is closed. Not thread-safe. */
  public final class Pinned implements AutoCloseable {
    private boolean held = true;

    private Pinned() {}

    /** Returns the batch, which stays the store's; valid until this is closed. */
    public ColumnBatch batch() {
      return device;
    }

    /** Lets the batch go elsewhere. Idempotent. */
    @Override
    public void close() {
      if (held) {
        held = false;
        store.unpin(StoredBatch.this);
      }
    }
  }
}
