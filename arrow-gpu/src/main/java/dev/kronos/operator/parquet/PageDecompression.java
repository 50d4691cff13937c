// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.dispatch.BatchBuilder;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.Workgroups;

/**
 * Records what decompresses the pages of one column. Owns what it allocates; work in flight keeps
 * what it needs.
 */
final class PageDecompression implements AutoCloseable {
  private final Kronos kronos;
  private final Stream stream;
  private final ColumnPages pages;
  private final UploadedColumn parts;
  private final Resources resources = new Resources();
  private DeviceBuffer values;
  private DeviceBuffer expanded;

  PageDecompression(Kronos kronos, Stream stream, ColumnPages pages, UploadedColumn parts) {
    this.kronos = kronos;
    this.stream = stream;
    this.pages = pages;
    this.parts = parts;
  }

  /**
   * Records the work, if there is any.
   *
   * @param status where the device tells that a page is damaged: one integer, 0 before
   */
  void record(BufferSlice status) {
    CompressedPages compressed = pages.compressed();
    if (compressed.pages() == 0) {
      return;
    }
    DeviceBuffer scratch =
        compressed.scratchBytes() == 0 ? null : allocate(compressed.scratchBytes());
    if (compressed.intoValues()) {
      values = allocate(pages.valueParts().sizeBytes());
      copyOfHost();
    }
    BatchBuilder batch = stream.batch().kernel(kronos.kernels().named("parquet/snappy"));
    reads(reads(batch, parts.compressedTable()), parts.compressed());
    updates(updates(batch, scratch), values)
        .updates(status.buffer(), status.offset(), status.sizeBytes())
        .run(Workgroups.forTiles(compressed.pages()), compressed.pages());
    if (compressed.hasIds()) {
      expand(scratch, status);
    }
  }

  private void copyOfHost() {
    for (ValueParts.Part part : pages.valueParts().ofHost()) {
      BufferSlice source = parts.values();
      stream.copy(
          source.buffer(),
          source.offset() + part.source(),
          values,
          part.target(),
          part.sizeBytes());
    }
  }

  private void expand(DeviceBuffer scratch, BufferSlice status) {
    expanded = allocate((long) pages.ids().values() * Integer.BYTES);
    BatchBuilder batch = stream.batch().kernel(kronos.kernels().named("parquet/expand"));
    reads(batch, parts.compressedTable())
        .reads(scratch)
        .writes(expanded)
        .updates(status.buffer(), status.offset(), status.sizeBytes())
        .run(Workgroups.forTiles(pages.compressed().pages()), pages.compressed().pages());
  }

  private DeviceBuffer allocate(long sizeBytes) {
    return resources.own(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
  }

  private static BatchBuilder reads(BatchBuilder batch, BufferSlice slice) {
    return batch.reads(slice.buffer(), slice.offset(), slice.sizeBytes());
  }

  private static BatchBuilder updates(BatchBuilder batch, DeviceBuffer buffer) {
    return buffer == null ? batch.absent() : batch.updates(buffer);
  }

  /** Returns the values of the column, which stay this object's; null where the upload has them. */
  DeviceBuffer values() {
    return values;
  }

  /** Returns expanded ids by position, which stay this object's; null where there are none. */
  DeviceBuffer expanded() {
    return expanded;
  }

  @Override
  public void close() {
    resources.close();
  }
}
