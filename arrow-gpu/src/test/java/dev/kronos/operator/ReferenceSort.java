// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.expression.Utf8;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.operator.sort.SortOrder;
import dev.kronos.operator.sort.SortSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Orders rows in plain Java, with the sort of the JDK, which keeps the order of equal rows. */
public final class ReferenceSort {
  private final OrderSpec spec;

  /** Creates the reference of an order. */
  public ReferenceSort(OrderSpec spec) {
    this.spec = spec;
  }

  /** Returns the rows that are given out, in order. */
  public List<List<Object>> apply(List<Object[]> rows) {
    List<List<Object>> sorted = new ArrayList<>(new ReferenceProject(spec.pipeline()).apply(rows));
    sorted.sort(comparator());
    return sorted.stream().limit(spec.most()).map(row -> row.subList(0, spec.outputs())).toList();
  }

  private Comparator<List<Object>> comparator() {
    Comparator<List<Object>> all = Comparator.comparing(row -> 0);
    for (SortSpec.Key key : spec.order().keys()) {
      all = all.thenComparing((a, b) -> compare(key, a.get(key.column()), b.get(key.column())));
    }
    return all;
  }

  /** Compares two values of a key. */
  public static int compare(SortSpec.Key key, Object a, Object b) {
    if (a == null || b == null) {
      int nullsFirst = Boolean.compare(a != null, b != null);
      return key.nulls() == NullPlacement.AT_START ? nullsFirst : -nullsFirst;
    }
    if (isNan(a) || isNan(b)) {
      int nansLast = Boolean.compare(isNan(a), isNan(b));
      return nansFirst(key) ? -nansLast : nansLast;
    }
    int order = compareValues(a, b);
    return key.order() == SortOrder.ASCENDING ? order : -order;
  }

  private static boolean nansFirst(SortSpec.Key key) {
    return key.nans() == NanPlacement.GREATEST
        ? key.order() == SortOrder.DESCENDING
        : key.nulls() == NullPlacement.AT_START;
  }

  private static boolean isNan(Object value) {
    return (value instanceof Double x && x.isNaN()) || (value instanceof Float y && y.isNaN());
  }

  private static int compareValues(Object a, Object b) {
    if (a instanceof Boolean flag) {
      return flag.compareTo((Boolean) b);
    }
    if (a instanceof Utf8 text) {
      return text.compareTo((Utf8) b);
    }
    if (a instanceof BigInteger number) {
      return number.compareTo((BigInteger) b);
    }
    if (a instanceof Double || a instanceof Float) {
      double x = ((Number) a).doubleValue();
      double y = ((Number) b).doubleValue();
      return x < y ? -1 : x > y ? 1 : 0;
    }
    return Long.compare(((Number) a).longValue(), ((Number) b).longValue());
  }
}
