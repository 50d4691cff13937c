// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.KronosException;
import java.util.List;
import java.util.Objects;

/**
 * Says how rows are ordered: by the first key, those that are equal there by the second, and so on.
 * Rows that are equal in all keys keep their order. Immutable.
 *
 * @param keys the keys, one at least
 */
public record SortSpec(List<Key> keys) {

  /**
   * Names a column to order by.
   *
   * @param column its place in the batch
   * @param order which values come first
   * @param nulls where nulls go
   * @param nans where NaNs go
   */
  public record Key(int column, SortOrder order, NullPlacement nulls, NanPlacement nans) {
    /** Checks that all is given. */
    public Key {
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(nulls, "nulls");
      Objects.requireNonNull(nans, "nans");
    }

    /** Returns whether NaNs come before all numbers. */
    boolean nansFirst() {
      return nans == NanPlacement.GREATEST
          ? order == SortOrder.DESCENDING
          : nulls == NullPlacement.AT_START;
    }
  }

  /**
   * Copies the list.
   *
   * @throws KronosException.InvalidArgument when there is no key
   */
  public SortSpec {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new KronosException.InvalidArgument("nothing to sort by: keys=0");
    }
  }
}
