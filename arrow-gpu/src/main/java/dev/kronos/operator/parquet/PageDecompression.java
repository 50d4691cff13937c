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
  private static final long BLOCK_BYTES = 16;

  private final Kronos kronos;
  private final Stream stream;
  private final ColumnPages pages;
  private final UploadedColumn parts;
  private final Resources resources = new Resources();
  private DeviceBuffer values;
  private DeviceBuffer offsets;
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
      values = assembled(parts.values(), pages.valueParts());
    }
    BatchBuilder batch = stream.batch().kernel(kronos.kernels().named("parquet/snappy"));
    reads(reads(batch, parts.compressedTable()), parts.compressed());
    updates(updates(batch, scratch), values)
        .updates(status.buffer(), status.offset(), status.sizeBytes())
        .run(Workgroups.forTiles(compressed.pages()), compressed.pages());
    if (compressed.hasIds()) {
      expand(scratch, status);
    }
    if (compressed.hasStrings()) {
      findStrings(status);
    }
  }

  /** Makes room for what the device writes, with what the host keeps between. */
  private DeviceBuffer assembled(BufferSlice ofHost, ValueParts from) {
    // Kernels look at pages in blocks of 16 bytes.
    long sizeBytes = (from.sizeBytes() + BLOCK_BYTES - 1L) / BLOCK_BYTES * BLOCK_BYTES;
    DeviceBuffer target = allocate(sizeBytes);
    for (ValueParts.Part part : from.ofHost()) {
      long source = ofHost.offset() + part.source();
      stream.copy(ofHost.buffer(), source, target, part.target(), part.sizeBytes());
    }
    return target;
  }

  private void findStrings(BufferSlice status) {
    offsets = assembled(parts.offsets(), pages.offsetParts());
    BatchBuilder batch = stream.batch().kernel(kronos.kernels().named("parquet/string_ends"));
    reads(batch, parts.compressedTable())
        .reads(values)
        .updates(offsets)
        .updates(status.buffer(), status.offset(), status.sizeBytes())
        .run(Workgroups.forTiles(pages.compressed().pages()), pages.compressed().pages());
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

  /**
   * Returns the values as the file has them; stay this object's; null where the upload has them.
   */
  BufferSlice values() {
    return slice(values, pages.valueParts());
  }

  /** Returns where strings end; stay this object's; null where the upload has them. */
  BufferSlice offsets() {
    return slice(offsets, pages.offsetParts());
  }

  private BufferSlice slice(DeviceBuffer buffer, ValueParts of) {
    return buffer == null ? null : resources.own(BufferSlice.shared(buffer, 0, of.sizeBytes()));
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
