// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import dev.kronos.column.BufferSlice;
import dev.kronos.column.HostBuffer;
import java.util.List;

/**
 * Names where the parts of {@link ColumnPages} lie on the device; null for an empty part. The
 * slices stay their owner's.
 */
final class UploadedColumn {
  private static final int PARTS = 7;

  private final List<BufferSlice> parts;

  private UploadedColumn(List<BufferSlice> parts) {
    this.parts = parts;
  }

  /** Returns what is to be uploaded of a column, in the order in which {@link #of} names it. */
  static List<HostBuffer> parts(ColumnPages column) {
    return List.of(
        column.values().range(),
        column.offsets().range(),
        column.packed().range(),
        column.levels().table().range(),
        column.ids().table().range(),
        column.compressed().bytes().range(),
        column.compressed().table().range());
  }

  static UploadedColumn of(List<BufferSlice> slices, int column) {
    return new UploadedColumn(slices.subList(column * PARTS, (column + 1) * PARTS));
  }

  BufferSlice values() {
    return parts.get(0);
  }

  BufferSlice offsets() {
    return parts.get(1);
  }

  BufferSlice packed() {
    return parts.get(2);
  }

  BufferSlice levels() {
    return parts.get(3);
  }

  BufferSlice ids() {
    return parts.get(4);
  }

  BufferSlice compressed() {
    return parts.get(5);
  }

  BufferSlice compressedTable() {
    return parts.get(6);
  }
}
