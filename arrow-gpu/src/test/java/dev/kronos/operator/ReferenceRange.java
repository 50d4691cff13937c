// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.SortSpec;
import dev.kronos.operator.window.FrameFailure;
import dev.kronos.operator.window.WindowFrame;
import dev.kronos.operator.window.WindowFrame.Bound;
import dev.kronos.operator.window.WindowFrame.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds frames whose bounds are values by moving two pointers through a partition, never back, and
 * computes a bound only where its pointer may move: row by row, as Spark does.
 */
final class ReferenceRange {
  private final WindowFrame frame;
  private final SortSpec.Key key;
  private final List<List<Object>> partition;
  private final List<int[]> found = new ArrayList<>();
  private int lower;
  private int upper;

  ReferenceRange(WindowFrame frame, List<List<Object>> partition) {
    this.frame = frame;
    this.partition = partition;
    this.key =
        new SortSpec.Key(0, frame.range().order(), frame.range().nulls(), NanPlacement.GREATEST);
  }

  /**
   * Returns the first row of each row's frame, and the row behind the last one.
   *
   * @param firstRow the number of the partition's first row
   * @throws FrameFailure when a bound that is computed fails
   */
  List<int[]> frames(int firstRow) {
    for (int row = 0; row < partition.size(); row++) {
      try {
        move(row);
      } catch (RowErrorException e) {
        throw new FrameFailure(firstRow + row);
      }
      found.add(new int[] {lower, upper});
    }
    return found;
  }

  private void move(int row) {
    boolean toEnd = frame.upper().kind() == Kind.END;
    boolean fromStart = frame.lower().kind() == Kind.START;
    if (toEnd) {
      upper = partition.size();
    }
    while (!fromStart && lower < upper && compare(lower, frame.lower(), row) < 0) {
      lower++;
    }
    while (!toEnd && upper < partition.size() && compare(upper, frame.upper(), row) <= 0) {
      if (!fromStart && compare(upper, frame.lower(), row) < 0) {
        lower++;
      }
      upper++;
    }
  }

  private int compare(int other, Bound bound, int row) {
    return ReferenceSort.compare(
        key, keyOf(partition.get(other)), value(bound, partition.get(row)));
  }

  private Object keyOf(List<Object> row) {
    return RowEvaluator.evaluate(frame.range().key(), row::get);
  }

  private Object value(Bound bound, List<Object> row) {
    return bound.kind() == Kind.PEERS ? keyOf(row) : RowEvaluator.evaluate(bound.value(), row::get);
  }
}
