// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceSort;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.operator.sort.SortOrder;
import dev.kronos.operator.sort.SortSpec;
import java.util.ArrayList;
import java.util.List;

/** Makes sorted rows for tests of windows. */
final class WindowRows {
  static final int PARTITION = 0;
  static final int ORDER = 1;
  static final int VALUE = 2;
  static final int LOOKED = 3;
  static final int OTHERWISE = 4;

  private WindowRows() {}

  static List<ColumnLayout> layouts(DataType type) {
    return List.of(
        Layouts.ARROW.of(DataType.STRING),
        Layouts.ARROW.of(DataType.INT32),
        Layouts.ARROW.of(type),
        Layouts.ARROW.of(DataType.BOOLEAN),
        Layouts.ARROW.of(type));
  }

  /** Draws rows and sorts them; some partitions are large, some have one row. */
  static List<Object[]> sorted(int count, DataType type, int partitions) {
    RandomValues values = new RandomValues(count);
    List<Object[]> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int of = i % 3 == 0 ? 1 : i % 7 == 0 ? 5 * count : partitions;
      rows.add(
          new Object[] {
            values.next(DataType.STRING, of, 5),
            values.next(DataType.INT32, 10, 10),
            values.next(type, 50, 20),
            values.next(DataType.BOOLEAN, 2, 20),
            values.next(type, 50, 20)
          });
    }
    SortSpec order = new SortSpec(List.of(key(PARTITION), key(ORDER)));
    PipelineSpec all = new PipelineSpec(layouts(type), List.of());
    List<Object[]> sorted = new ArrayList<>();
    new ReferenceSort(new OrderSpec(all, order, 5, OrderSpec.ALL))
        .apply(rows)
        .forEach(row -> sorted.add(row.toArray()));
    return sorted;
  }

  private static SortSpec.Key key(int column) {
    return new SortSpec.Key(
        column, SortOrder.ASCENDING, NullPlacement.AT_START, NanPlacement.GREATEST);
  }
}
