// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import dev.kronos.operator.sort.SortSpec;
import dev.kronos.operator.window.WindowCall;
import dev.kronos.operator.window.WindowFrame;
import dev.kronos.operator.window.WindowFunction;
import dev.kronos.operator.window.WindowOverflow;
import dev.kronos.operator.window.WindowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Computes functions over windows in plain Java, by looking at every row of every frame. */
public final class ReferenceWindow {
  private static final SortSpec.Key ORDER =
      new SortSpec.Key(0, SortOrder.ASCENDING, NullPlacement.AT_START, NanPlacement.GREATEST);

  private final WindowSpec spec;

  /** Creates the reference of windows. */
  public ReferenceWindow(WindowSpec spec) {
    this.spec = spec;
  }

  /** Returns the rows that are given out, with results, in order. */
  public List<List<Object>> apply(List<Object[]> sorted) {
    List<List<Object>> rows = new ReferenceProject(spec.pipeline()).apply(sorted);
    List<List<Object>> results = new ArrayList<>();
    for (int start = 0, end; start < rows.size(); start = end) {
      end = start + 1;
      while (end < rows.size() && same(rows.get(start), rows.get(end), spec.partition())) {
        end++;
      }
      List<List<Object>> partition = rows.subList(start, end);
      Map<WindowFrame, List<int[]>> ranges = ranges(partition, start);
      for (int row = 0; row < partition.size(); row++) {
        List<Object> result = new ArrayList<>(partition.get(row).subList(0, spec.outputs()));
        for (WindowCall call : spec.calls()) {
          result.add(result(call, partition, row, ranges.get(call.frame())));
        }
        results.add(result);
      }
    }
    return results;
  }

  /** Returns the frames of all rows that are found by values. */
  private Map<WindowFrame, List<int[]>> ranges(List<List<Object>> partition, int firstRow) {
    Map<WindowFrame, List<int[]>> ranges = new HashMap<>();
    for (WindowCall call : spec.calls()) {
      if (call.frame().range() != null) {
        ranges.computeIfAbsent(
            call.frame(), frame -> new ReferenceRange(frame, partition).frames(firstRow));
      }
    }
    return ranges;
  }

  private static boolean same(List<Object> a, List<Object> b, List<Integer> keys) {
    return keys.stream().allMatch(key -> Objects.equals(a.get(key), b.get(key)));
  }

  private boolean peers(List<List<Object>> partition, int a, int b) {
    return same(partition.get(a), partition.get(b), spec.order());
  }

  private Object result(WindowCall call, List<List<Object>> partition, int row, List<int[]> range) {
    if (range != null) {
      return over(call, partition.subList(range.get(row)[0], range.get(row)[1]));
    }
    int first = row;
    while (first > 0 && peers(partition, first - 1, row)) {
      first--;
    }
    int last = row;
    while (last + 1 < partition.size() && peers(partition, last + 1, row)) {
      last++;
    }
    switch (call.function()) {
      case ROW_NUMBER:
        return row + 1;
      case RANK:
        return first + 1;
      case DENSE_RANK:
        int rank = 1;
        for (int i = 1; i <= first; i++) {
          rank += peers(partition, i - 1, i) ? 0 : 1;
        }
        return rank;
      case BEFORE, AFTER:
        return away(call, partition, row);
      default:
        int from = Math.max(0, bound(call.frame().lower(), partition, row, first));
        int to = Math.min(partition.size() - 1, bound(call.frame().upper(), partition, row, last));
        return over(call, from > to ? List.of() : partition.subList(from, to + 1));
    }
  }

  private static int bound(
      WindowFrame.Bound bound, List<List<Object>> partition, int row, int peer) {
    return switch (bound.kind()) {
      case START -> 0;
      case END -> partition.size() - 1;
      case ROW -> row;
      case PEERS -> peer;
      case VALUE -> throw new AssertionError(bound);
      case BEFORE -> Math.max(-1, row - bound.rows());
      case BEHIND -> (int) Math.min(partition.size(), row + (long) bound.rows());
    };
  }

  private static boolean looksAt(WindowCall call, List<Object> row) {
    return call.looked() == WindowCall.NONE || Boolean.TRUE.equals(row.get(call.looked()));
  }

  private static Object away(WindowCall call, List<List<Object>> partition, int row) {
    int step = call.function() == WindowFunction.BEFORE ? -1 : 1;
    int left = call.place();
    for (int i = row + step; i >= 0 && i < partition.size(); i += step) {
      if (looksAt(call, partition.get(i)) && --left == 0) {
        return partition.get(i).get(call.argument());
      }
    }
    return call.otherwise() == WindowCall.NONE ? null : partition.get(row).get(call.otherwise());
  }

  private Object over(WindowCall call, List<List<Object>> frame) {
    List<Object> values = new ArrayList<>();
    for (List<Object> row : frame) {
      Object value = call.argument() == WindowCall.NONE ? (Object) 1 : row.get(call.argument());
      boolean counts = call.function().ordinal() >= WindowFunction.NTH.ordinal();
      if (counts ? looksAt(call, row) : value != null) {
        values.add(value);
      }
    }
    return switch (call.function()) {
      case COUNT -> (long) values.size();
      case SEEN -> !values.isEmpty();
      case SUM -> values.isEmpty() ? null : sum(call, values);
      case DISTANCES -> ReferenceMoments.of(values, Function.DISTANCES);
      case BIT_AND -> ReferenceAggregate.bits(Function.BIT_AND, call.resultType(), values);
      case BIT_OR -> ReferenceAggregate.bits(Function.BIT_OR, call.resultType(), values);
      case BIT_XOR -> ReferenceAggregate.bits(Function.BIT_XOR, call.resultType(), values);
      case MIN -> values.stream().reduce((a, b) -> compare(b, a) < 0 ? b : a).orElse(null);
      case MAX -> values.stream().reduce((a, b) -> compare(b, a) > 0 ? b : a).orElse(null);
      case NTH -> values.size() < call.place() ? null : values.get(call.place() - 1);
      case LAST -> values.isEmpty() ? null : values.get(values.size() - 1);
      default -> throw new AssertionError(call);
    };
  }

  private static int compare(Object a, Object b) {
    return ReferenceSort.compare(ORDER, a, b);
  }

  private Object sum(WindowCall call, List<Object> values) {
    if (call.resultType().isFloating()) {
      return ReferenceAggregate.floatSum(values);
    }
    return ReferenceAggregate.exactSum(
        values,
        call.resultType(),
        call.mode(),
        () -> new WindowOverflow(spec.calls().indexOf(call)));
  }
}
