// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;

/**
 * Names values to sort by. Holds no reference of its own to the vector.
 *
 * @param values the values; stay the caller's
 * @param order which values come first
 * @param nulls where nulls and NaNs go
 */
public record SortKey(FieldVector values, SortOrder order, NullPlacement nulls) {

  /** Checks that all is given. */
  public SortKey {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(nulls, "nulls");
  }

  /** Makes a key with small values first and nulls at the end, Arrow's default. */
  public static SortKey ascending(FieldVector values) {
    return new SortKey(values, SortOrder.ASCENDING, NullPlacement.AT_END);
  }

  /** Makes a key with large values first and nulls at the end. */
  public static SortKey descending(FieldVector values) {
    return new SortKey(values, SortOrder.DESCENDING, NullPlacement.AT_END);
  }
}
