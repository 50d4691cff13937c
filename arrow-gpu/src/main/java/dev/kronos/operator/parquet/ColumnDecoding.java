// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Storage;
import dev.kronos.dispatch.BatchBuilder;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.Workgroups;

/** Records the dispatches that decode one column. Owns what it allocates until that is done. */
final class ColumnDecoding implements AutoCloseable {
  /** Mean length in bytes from which on several invocations copy a string. */
  private static final int LONG_STRING = 32;

  private static final int LANES = 64;
  private static final int BIG_ENDIAN = 1;

  private final Kronos kronos;
  private final Stream stream;
  private final ColumnPages pages;
  private final ColumnLayout layout;
  private final UploadedColumn parts;
  private final BufferSlice wrong;
  private final PageDecompression decompression;
  private final Resources resources = new Resources();

  /**
   * Creates the work.
   *
   * @param wrong two integers, 0 before: whether an id has no entry, and which page is damaged
   */
  ColumnDecoding(
      Kronos kronos, Stream stream, ColumnPages pages, UploadedColumn parts, BufferSlice wrong) {
    this.kronos = kronos;
    this.stream = stream;
    this.pages = pages;
    this.layout = pages.layout();
    this.parts = parts;
    this.wrong = resources.own(wrong);
    this.decompression = resources.own(new PageDecompression(kronos, stream, pages, parts));
  }

  /** Returns the column, with references of its own. */
  Column decode() {
    decompress();
    BufferSlice values = values();
    DeviceBuffer marks = null;
    DeviceBuffer ids = null;
    if (!pages.isDirect()) {
      ids = allocate((pages.rows() + 1L) * Integer.BYTES);
      marks = pages.hasNulls() ? marks(ids) : null;
      recordIds(marks, ids);
    }
    return new Column(
        layout,
        marks == null || !layout.nullable() ? null : BufferSlice.shared(marks, 0, pages.rows()),
        shared(values),
        shared(offsets()),
        ids == null ? null : BufferSlice.shared(ids, 0, (long) pages.rows() * Integer.BYTES),
        0);
  }

  private void decompress() {
    try (BufferSlice damage =
        BufferSlice.shared(wrong.buffer(), wrong.offset() + Integer.BYTES, Integer.BYTES)) {
      decompression.record(damage);
    }
  }

  /** Returns the values as the file has them. */
  private BufferSlice stored() {
    BufferSlice decompressed = decompression.values();
    return decompressed == null ? parts.values() : decompressed;
  }

  private BufferSlice offsets() {
    BufferSlice decompressed = decompression.offsets();
    return decompressed == null ? parts.offsets() : decompressed;
  }

  private static BufferSlice shared(BufferSlice slice) {
    return slice == null
        ? null
        : BufferSlice.shared(slice.buffer(), slice.offset(), slice.sizeBytes());
  }

  private DeviceBuffer allocate(long sizeBytes) {
    return resources.own(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
  }

  private BufferSlice values() {
    return switch (pages.physical().form()) {
      case BITS -> parts.values();
      case STRING -> characters();
      default -> FixedWidths.same(layout, pages.physical()) ? stored() : integers();
    };
  }

  private BufferSlice integers() {
    Storage storage = layout.storage();
    DeviceBuffer target = allocate(storage.sizeBytes(pages.entries()));
    boolean bigEndian = pages.physical().form() == PhysicalType.Form.BIG_ENDIAN;
    reads(stream.batch().kernel(kronos.kernels().named(FixedWidths.kernel(storage))), stored())
        .writes(target)
        .putInt(pages.physical().widthBytes())
        .putInt(0)
        .flags(bigEndian ? BIG_ENDIAN : 0)
        .run(Workgroups.forRows(pages.entries()), pages.entries());
    return whole(target);
  }

  private BufferSlice characters() {
    DeviceBuffer target = allocate(Math.max(pages.characters(), Long.BYTES));
    boolean many = pages.characters() / pages.entries() >= LONG_STRING;
    String kernel = many ? "parquet/strings_long" : "parquet/strings";
    BatchBuilder batch = stream.batch().kernel(kronos.kernels().named(kernel));
    reads(reads(batch, stored()), offsets())
        .writes(target)
        .run(Workgroups.forRows((long) pages.entries() * (many ? LANES : 1)), pages.entries());
    return whole(target);
  }

  private BufferSlice whole(DeviceBuffer buffer) {
    return resources.own(BufferSlice.shared(buffer, 0, buffer.sizeBytes()));
  }

  /** Marks rows that are null and leaves the positions of the others' values. */
  private DeviceBuffer marks(DeviceBuffer positions) {
    DeviceBuffer marks = allocate(pages.rows());
    BatchBuilder batch = stream.batch().kernel(kronos.kernels().named("parquet/levels"));
    reads(reads(batch, parts.levels()), parts.packed())
        .writes(marks)
        .writes(positions)
        .putInt(pages.levels().runs())
        .putInt(0)
        .run(Workgroups.forRows(pages.rows()), pages.rows());
    new PrefixSum(kronos, PrefixSum.Width.INT32).record(stream, positions, 0, pages.rows());
    return marks;
  }

  private void recordIds(DeviceBuffer marks, DeviceBuffer ids) {
    BatchBuilder batch = stream.batch().kernel(kronos.kernels().named("parquet/ids"));
    reads(reads(batch, parts.ids()), parts.packed());
    if (marks == null) {
      batch.absent().absent().writes(ids);
    } else {
      batch.reads(marks).updates(ids).putLong(ids.deviceAddress());
    }
    batch.writes(wrong.buffer(), wrong.offset(), Integer.BYTES);
    DeviceBuffer expanded = decompression.expanded();
    (expanded == null ? batch.absent() : batch.reads(expanded))
        .putInt(pages.ids().runs())
        .putInt(pages.entries())
        .run(Workgroups.forRows(pages.rows()), pages.rows());
  }

  private static BatchBuilder reads(BatchBuilder batch, BufferSlice slice) {
    return slice == null
        ? batch.absent()
        : batch.reads(slice.buffer(), slice.offset(), slice.sizeBytes());
  }

  @Override
  public void close() {
    resources.close();
  }
}
