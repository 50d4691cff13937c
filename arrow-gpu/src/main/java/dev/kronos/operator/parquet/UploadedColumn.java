// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import dev.kronos.column.BufferSlice;
import java.util.List;

/**
 * Names where the parts of {@link ColumnPages} lie on the device; null for an empty part. The
 * slices stay their owner's.
 */
record UploadedColumn(
    BufferSlice values,
    BufferSlice offsets,
    BufferSlice packed,
    BufferSlice levels,
    BufferSlice ids) {
  private static final int PARTS = 5;

  static UploadedColumn of(List<BufferSlice> slices, int column) {
    int first = column * PARTS;
    return new UploadedColumn(
        slices.get(first),
        slices.get(first + 1),
        slices.get(first + 2),
        slices.get(first + 3),
        slices.get(first + 4));
  }
}
