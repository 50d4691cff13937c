// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.KronosException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Holds bounds between ranges of rows, in the order of a {@link SortSpec}. Immutable.
 *
 * @param rows the bounds in order, equal ones allowed; each has a value a key, null or of the class
 *     that {@link dev.kronos.expression.Literal} tells
 */
public record SortedBounds(List<List<Object>> rows) {

  /**
   * Copies the lists.
   *
   * @throws KronosException.InvalidArgument when bounds have different numbers of values
   */
  public SortedBounds {
    List<List<Object>> copies = new ArrayList<>(rows.size());
    for (List<Object> row : rows) {
      if (row.size() != rows.get(0).size()) {
        throw new KronosException.InvalidArgument(
            KronosException.message(
                "bounds of different widths", "first", rows.get(0).size(), "found", row.size()));
      }
      copies.add(Collections.unmodifiableList(new ArrayList<>(row)));
    }
    rows = Collections.unmodifiableList(copies);
  }

  /** Returns how many bounds there are. */
  public int count() {
    return rows.size();
  }

  /** Returns the values of one key, in the order of the bounds. */
  List<Object> values(int key) {
    return rows.stream().map(row -> row.get(key)).collect(ArrayList::new, List::add, List::addAll);
  }
}
