// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import java.util.Objects;

/**
 * Describes one column of a batch in host memory. Parts mean the same as in {@link Column}; the
 * memory stays the caller's and must not change until the call that it is given to returns.
 *
 * @param layout type and memory layout; not null
 * @param validity marks of nulls, or null when no row is null
 * @param values fixed-width values or characters; null only when there are none
 * @param offsets offsets of strings, or null
 * @param ids int32 dictionary index a row, or null
 * @param bitOffset index of the first row's bit in validity and values stored as BITS
 * @param offsetBytes bytes of an offset: 4, or 8 for offsets that are narrowed on their way to the
 *     device; {@code values} starts where the first of those points
 */
public record HostColumn(
    ColumnLayout layout,
    HostBuffer validity,
    HostBuffer values,
    HostBuffer offsets,
    HostBuffer ids,
    int bitOffset,
    int offsetBytes) {

  /** Checks that the layout is given, the bit offset not negative and offsets of a known width. */
  public HostColumn {
    Objects.requireNonNull(layout, "layout");
    if (bitOffset < 0) {
      throw new IllegalArgumentException("bit offset below zero: bitOffset=" + bitOffset);
    }
    if (offsetBytes != Integer.BYTES && offsetBytes != Long.BYTES) {
      throw new IllegalArgumentException("offsets of no known width: offsetBytes=" + offsetBytes);
    }
  }

  /** Makes a column of fixed-width values without dictionary. */
  public static HostColumn fixed(ColumnLayout layout, HostBuffer validity, HostBuffer values) {
    return new HostColumn(layout, validity, values, null, null, 0, Integer.BYTES);
  }

  /** Makes a column of strings without dictionary. */
  public static HostColumn strings(
      ColumnLayout layout, HostBuffer validity, HostBuffer offsets, HostBuffer characters) {
    return new HostColumn(layout, validity, characters, offsets, null, 0, Integer.BYTES);
  }

  /** Makes a column of strings of int64 offsets, the first of which points to the characters. */
  public static HostColumn largeStrings(
      ColumnLayout layout, HostBuffer validity, HostBuffer offsets, HostBuffer characters) {
    return new HostColumn(layout, validity, characters, offsets, null, 0, Long.BYTES);
  }
}
