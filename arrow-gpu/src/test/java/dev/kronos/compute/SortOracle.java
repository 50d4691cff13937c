// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Sorts in plain Java by the rules of {@link Sorting}. */
final class SortOracle {

  private SortOracle() {}

  /** Holds the values of a key and how they are ordered. */
  record Key(SortKind kind, List<Object> values, SortOrder order, NullPlacement nulls) {

    private int compare(int i, int j) {
      Object a = values.get(i);
      Object b = values.get(j);
      int places = Integer.compare(place(a), place(b));
      if (places != 0) {
        return nulls == NullPlacement.AT_END ? places : -places;
      }
      if (place(a) != 0) {
        return 0;
      }
      int compared = kind.ascending().compare(a, b);
      return order == SortOrder.ASCENDING ? compared : -compared;
    }

    private static int place(Object value) {
      return value == null ? 2 : SortKind.isNan(value) ? 1 : 0;
    }
  }

  /** Returns the rows in order. */
  static int[] order(List<Key> keys) {
    List<Integer> rows =
        new ArrayList<>(IntStream.range(0, keys.get(0).values().size()).boxed().toList());
    Comparator<Integer> comparator = keys.get(0)::compare;
    for (Key key : keys.subList(1, keys.size())) {
      comparator = comparator.thenComparing(key::compare);
    }
    rows.sort(comparator);
    return rows.stream().mapToInt(i -> i).toArray();
  }

  /** Lists shapes of data. */
  enum Shape {
    RANDOM,
    WITH_NULLS,
    ALL_EQUAL,
    EQUAL_OR_NULL,
    ALL_NULL,
    SORTED,
    REVERSED,
    /** Few values are most of all. */
    ZIPF;

    List<Object> values(SortKind kind, int count, long seed) {
      Random random = new Random(seed);
      Object one = kind.random(random);
      List<Object> many = IntStream.range(0, 50).mapToObj(i -> kind.random(random)).toList();
      List<Object> values = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        values.add(
            switch (this) {
              case RANDOM, SORTED, REVERSED -> kind.random(random);
              case WITH_NULLS -> random.nextInt(5) == 0 ? null : kind.random(random);
              case ALL_EQUAL -> one;
              case EQUAL_OR_NULL -> random.nextBoolean() ? null : one;
              case ALL_NULL -> null;
              case ZIPF -> many.get((int) (50 / (1 + 49 * random.nextDouble())) - 1);
            });
      }
      if (this != SORTED && this != REVERSED) {
        return values;
      }
      SortOrder order = this == SORTED ? SortOrder.ASCENDING : SortOrder.DESCENDING;
      int[] rows = order(List.of(new Key(kind, values, order, NullPlacement.AT_END)));
      return new ArrayList<>(IntStream.of(rows).mapToObj(values::get).toList());
    }
  }
}
