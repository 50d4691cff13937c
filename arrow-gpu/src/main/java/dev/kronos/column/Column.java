// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Holds one column of a batch in memory that the device can address.
 *
 * @param layout type and memory layout; not null
 * @param validity marks of nulls as {@code layout.validity()} says; null when no row is null
 * @param values fixed-width values or characters, of the rows or, when {@code ids} is given, of the
 *     dictionary; null only when there are no rows
 * @param offsets int32 offsets of strings, one more than there are strings; null for other types
 * @param ids int32 dictionary index a row, or null
 * @param bitOffset index of the first row's bit in validity and values stored as BITS, 0 or more
 */
public record Column(
    ColumnLayout layout,
    BufferSlice validity,
    BufferSlice values,
    BufferSlice offsets,
    BufferSlice ids,
    int bitOffset)
    implements AutoCloseable {

  /** Checks that the layout is given and the bit offset is not negative. */
  public Column {
    Objects.requireNonNull(layout, "layout");
    if (bitOffset < 0) {
      throw new IllegalArgumentException("bit offset below zero: bitOffset=" + bitOffset);
    }
  }

  /** Returns the slices that are present, in declaration order. */
  public List<BufferSlice> slices() {
    List<BufferSlice> present = new ArrayList<>(4);
    for (BufferSlice slice : new BufferSlice[] {validity, values, offsets, ids}) {
      if (slice != null) {
        present.add(slice);
      }
    }
    return present;
  }

  /**
   * Adds a reference to each buffer, for a second owner.
   *
   * @return this column
   */
  public Column retain() {
    slices().forEach(slice -> slice.buffer().retain());
    return this;
  }

  /** Drops the references to all buffers. */
  @Override
  public void close() {
    slices().forEach(BufferSlice::close);
  }
}
