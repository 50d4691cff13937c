// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spill;

import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.memory.DeviceBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Says where the parts of a batch lie once they are all in one block, one after the other, each at
 * a multiple of 256 bytes. Immutable.
 *
 * @param columns the columns
 * @param rows rows of the batch
 * @param sizeBytes length of the block
 */
record BatchShape(List<Shape> columns, int rows, long sizeBytes) {
  private static final long ALIGNMENT = 256;

  /** Says where a part lies in the block. */
  record Part(long offset, long sizeBytes) {}

  /** Says where the parts of a column lie; a part that the column does not have is null. */
  record Shape(
      ColumnLayout layout, Part validity, Part values, Part offsets, Part ids, int bitOffset) {}

  static BatchShape of(ColumnBatch batch) {
    Packer packer = new Packer();
    List<Shape> columns = new ArrayList<>(batch.columns().size());
    for (Column column : batch.columns()) {
      columns.add(
          new Shape(
              column.layout(),
              packer.place(column.validity()),
              packer.place(column.values()),
              packer.place(column.offsets()),
              packer.place(column.ids()),
              column.bitOffset()));
    }
    return new BatchShape(List.copyOf(columns), batch.rows(), packer.used);
  }

  /** Returns the parts that are there, in the order of a batch's slices. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (Shape shape : columns) {
      for (Part part :
          new Part[] {shape.validity(), shape.values(), shape.offsets(), shape.ids()}) {
        if (part != null) {
          parts.add(part);
        }
      }
    }
    return parts;
  }

  /** Makes a batch of a block that holds the parts, and takes over the caller's reference. */
  ColumnBatch over(DeviceBuffer block) {
    try (block) {
      List<Column> rebuilt = new ArrayList<>(columns.size());
      for (Shape shape : columns) {
        rebuilt.add(
            new Column(
                shape.layout(),
                slice(block, shape.validity()),
                slice(block, shape.values()),
                slice(block, shape.offsets()),
                slice(block, shape.ids()),
                shape.bitOffset()));
      }
      return new ColumnBatch(rebuilt, rows);
    }
  }

  private static BufferSlice slice(DeviceBuffer block, Part part) {
    return part == null ? null : BufferSlice.shared(block, part.offset(), part.sizeBytes());
  }

  /** Puts one part after the other. */
  private static final class Packer {
    private long used;

    Part place(BufferSlice slice) {
      if (slice == null) {
        return null;
      }
      Part part = new Part(used, slice.sizeBytes());
      used += (slice.sizeBytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      return part;
    }
  }
}
