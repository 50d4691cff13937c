// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.operator.join.JoinType;
import java.util.ArrayList;
import java.util.List;

/** The plain-Java twin of joins: which rows stand beside each other, -1 for none. */
final class JoinOracle {
  private JoinOracle() {}

  /** Returns pairs of row numbers, left and right, in the order that joins promise. */
  static List<int[]> pairs(JoinType type, List<List<Object>> left, List<List<Object>> right) {
    if (type == JoinType.RIGHT_OUTER) {
      return pairs(JoinType.LEFT_OUTER, right, left).stream()
          .map(pair -> new int[] {pair[1], pair[0]})
          .toList();
    }
    int rightRows = right.get(0).size();
    boolean[] matched = new boolean[rightRows];
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < left.get(0).size(); i++) {
      boolean found = false;
      for (int j = 0; j < rightRows; j++) {
        if (equal(left, i, right, j)) {
          found = true;
          matched[j] = true;
          if (!type.keepsLeftOnly()) {
            pairs.add(new int[] {i, j});
          }
        }
      }
      boolean alone = type == JoinType.LEFT_SEMI ? found : !found && type != JoinType.INNER;
      if (alone) {
        pairs.add(new int[] {i, -1});
      }
    }
    for (int j = 0; j < rightRows && type == JoinType.FULL_OUTER; j++) {
      if (!matched[j]) {
        pairs.add(new int[] {-1, j});
      }
    }
    return pairs;
  }

  private static boolean equal(
      List<List<Object>> left, int leftRow, List<List<Object>> right, int rightRow) {
    for (int key = 0; key < left.size(); key++) {
      Object a = left.get(key).get(leftRow);
      Object b = right.get(key).get(rightRow);
      if (a == null || b == null || !normal(a).equals(normal(b))) {
        return false;
      }
    }
    return true;
  }

  /** Boxes compare NaNs as equal and zeros as different. */
  private static Object normal(Object value) {
    if (value instanceof Double number) {
      return number + 0.0;
    }
    return value instanceof Float number ? (Object) (number + 0.0f) : value;
  }
}
