// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.KronosException;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import java.util.List;

/** Writes the columns of a batch into the arguments and accesses of a dispatch. */
public final class BatchBinding {
  /** 64-bit words of a column descriptor: four addresses, bit offset and reserved. */
  private static final int DESCRIPTOR_LONGS = 5;

  private BatchBinding() {}

  /**
   * Checks that a batch is laid out as generated code expects it.
   *
   * @throws KronosException.InvalidArgument when a column is not
   */
  public static void check(List<ColumnLayout> expected, ColumnBatch batch) {
    checkLayouts(expected, batch.columns().stream().map(Column::layout).toList());
    for (int i = 0; i < expected.size(); i++) {
      checkNulls(expected.get(i), batch.columns().get(i).validity() != null, i);
    }
  }

  /** Checks a batch in host memory as {@link #check(List, ColumnBatch)} does. */
  public static void check(List<ColumnLayout> expected, HostBatch batch) {
    checkLayouts(expected, batch.columns().stream().map(HostColumn::layout).toList());
    for (int i = 0; i < expected.size(); i++) {
      checkNulls(expected.get(i), batch.columns().get(i).validity() != null, i);
    }
  }

  private static void checkLayouts(List<ColumnLayout> expected, List<ColumnLayout> found) {
    if (expected.size() != found.size()) {
      throw new KronosException.InvalidArgument(
          KronosException.message(
              "wrong number of columns", "expected", expected.size(), "found", found.size()));
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!matches(expected.get(i), found.get(i))) {
        throw new KronosException.InvalidArgument(
            KronosException.message(
                "column is laid out otherwise",
                "column",
                i,
                "expected",
                expected.get(i),
                "found",
                found.get(i)));
      }
    }
  }

  private static boolean matches(ColumnLayout expected, ColumnLayout found) {
    return expected.type().equals(found.type())
        && expected.storage() == found.storage()
        && (expected.validity() == found.validity() || !expected.nullable());
  }

  private static void checkNulls(ColumnLayout expected, boolean marked, int column) {
    if (marked && !expected.nullable()) {
      throw new KronosException.InvalidArgument(
          KronosException.message("column without nulls has marks of nulls", "column", column));
    }
  }

  /** Appends the descriptors of all columns; an empty one when there are no columns. */
  public static void put(Arguments arguments, ColumnBatch batch) {
    for (Column column : batch.columns()) {
      putSlice(arguments, column.validity());
      putSlice(arguments, column.values());
      putSlice(arguments, column.offsets());
      putSlice(arguments, column.ids());
      arguments.putLong(column.bitOffset());
    }
    for (int i = 0; batch.columns().isEmpty() && i < DESCRIPTOR_LONGS; i++) {
      arguments.putLong(0);
    }
  }

  /** Appends the address of a slice, or 0 for null. */
  static void putSlice(Arguments arguments, BufferSlice slice) {
    if (slice == null) {
      arguments.putLong(0);
    } else {
      arguments.putAddress(slice.buffer(), slice.offset());
    }
  }

  /** Adds reads of all columns. */
  public static void addReads(List<Access> accesses, ColumnBatch batch) {
    for (Column column : batch.columns()) {
      for (BufferSlice slice : column.slices()) {
        accesses.add(Access.reads(slice.buffer(), slice.offset(), slice.sizeBytes()));
      }
    }
  }
}
