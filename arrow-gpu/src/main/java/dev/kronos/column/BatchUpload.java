// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import dev.kronos.Kronos;
import dev.kronos.dispatch.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Brings batches from host memory to where the device can address them.
 *
 * <p>On unified memory, buffers of the pools are used in place. On a discrete device every buffer
 * is copied by the device into one buffer of its own. Memory that is not of the pools is first
 * copied by the host, and on unified memory what is not aligned for its kernels ({@link
 * Storage#alignment}); {@link dev.kronos.memory.MemoryCounters} counts those bytes. Not
 * thread-safe: belongs to whoever records on the stream.
 */
public final class BatchUpload {
  /** Bytes that the widest load of a kernel is aligned to. */
  private static final int WIDEST_LOAD = 16;

  private final Kronos kronos;
  private final Stream stream;

  /**
   * Creates an uploader.
   *
   * @param kronos the device; stays the caller's
   * @param stream where copies are recorded (not submitted); stays the caller's
   */
  public BatchUpload(Kronos kronos, Stream stream) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
    this.stream = Objects.requireNonNull(stream, "stream");
  }

  /**
   * Makes a batch that work recorded later on the same stream can read.
   *
   * @param batch host memory that must stay as it is until that work is done
   * @return a batch that the caller closes
   * @throws dev.kronos.KronosException.Exhausted when there is no room for it
   */
  public ColumnBatch upload(HostBatch batch) {
    try (UploadPlan plan = new UploadPlan(kronos.memory(), stream)) {
      batch.columns().forEach(column -> add(column, plan));
      plan.reserve();
      List<Column> columns = new ArrayList<>(batch.columns().size());
      for (HostColumn column : batch.columns()) {
        columns.add(place(column, plan));
      }
      ColumnBatch uploaded = new ColumnBatch(columns, batch.rows());
      plan.handOver();
      return uploaded;
    }
  }

  /**
   * Makes ranges of bytes that work recorded later on the same stream can read.
   *
   * @param parts ranges that must stay as they are until that work is done
   * @return a slice a range, aligned for any load, that the caller closes; null for an empty one
   * @throws dev.kronos.KronosException.Exhausted when there is no room for them
   */
  public List<BufferSlice> uploadParts(List<HostBuffer> parts) {
    try (UploadPlan plan = new UploadPlan(kronos.memory(), stream)) {
      parts.forEach(part -> plan.add(part, WIDEST_LOAD));
      plan.reserve();
      List<BufferSlice> placed = new ArrayList<>(parts.size());
      parts.forEach(part -> placed.add(plan.place(part)));
      plan.handOver();
      return placed;
    }
  }

  private static void add(HostColumn column, UploadPlan plan) {
    plan.add(column.validity(), Byte.BYTES);
    plan.add(column.values(), column.layout().storage().alignment());
    if (column.offsetBytes() == Long.BYTES) {
      plan.addNarrowed(column.offsets());
    } else {
      plan.add(column.offsets(), Integer.BYTES);
    }
    plan.add(column.ids(), Integer.BYTES);
  }

  private static Column place(HostColumn column, UploadPlan plan) {
    return new Column(
        column.layout(),
        plan.place(column.validity()),
        plan.place(column.values()),
        column.offsetBytes() == Long.BYTES
            ? plan.placeNarrowed(column.offsets())
            : plan.place(column.offsets()),
        plan.place(column.ids()),
        column.bitOffset());
  }
}
