// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import java.util.Objects;

/**
 * Names a column of a {@link DeviceTable} to sort by, as {@link SortKey} does for vectors.
 *
 * @param column its name
 * @param order which values come first
 * @param nulls where nulls and NaNs go
 */
public record ColumnOrder(String column, SortOrder order, NullPlacement nulls) {

  /** Checks that all is given. */
  public ColumnOrder {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(nulls, "nulls");
  }

  /** Makes a key with small values first and nulls at the end. */
  public static ColumnOrder ascending(String column) {
    return new ColumnOrder(column, SortOrder.ASCENDING, NullPlacement.AT_END);
  }

  /** Makes a key with large values first and nulls at the end. */
  public static ColumnOrder descending(String column) {
    return new ColumnOrder(column, SortOrder.DESCENDING, NullPlacement.AT_END);
  }
}
