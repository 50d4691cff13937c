// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.expression.Expression;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.operator.join.BuildKey;
import dev.kronos.operator.join.BuildSide;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.join.JoinType;
import dev.kronos.operator.pipeline.RowFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The plain-Java twin of joins: rows of Java values, one probe row at a time, in order. */
public final class ReferenceJoin {
  private final JoinSpec spec;
  private final ReferenceProject probe;
  private final List<List<Object>> build = new ArrayList<>();
  private final Map<List<Object>, List<Integer>> index = new HashMap<>();
  private final List<Boolean> matched = new ArrayList<>();
  private boolean nullKey;

  /** Creates the twin of a join, without rows on its build side. */
  public ReferenceJoin(JoinSpec spec) {
    this.spec = spec;
    this.probe = new ReferenceProject(spec.probe());
  }

  /** Takes in rows of the build side. */
  public void build(List<Object[]> rows) {
    List<Expression> keys = spec.build().keys().stream().map(BuildKey::expression).toList();
    for (List<Object> row : new ReferenceProject(spec.build().input()).apply(rows)) {
      List<Object> key = key(keys, row);
      if (key == null) {
        nullKey = true;
      } else {
        index.computeIfAbsent(key, any -> new ArrayList<>()).add(build.size());
      }
      build.add(row);
      matched.add(false);
    }
  }

  /** Returns the values of keys, or null when one of them is null and then matches nothing. */
  private List<Object> key(List<Expression> keys, List<Object> row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Object value = RowEvaluator.evaluate(keys.get(i), row::get);
      if (value == null && spec.build().keys().get(i).nulls() == BuildKey.Nulls.NEVER_EQUAL) {
        return null;
      }
      values.add(normalized(value));
    }
    return values;
  }

  /** Gives equal floating values equal objects. */
  private static Object normalized(Object value) {
    if (value instanceof Double number) {
      return number.isNaN() ? Double.valueOf(Double.NaN) : Double.valueOf(number + 0.0);
    }
    if (value instanceof Float number) {
      return number.isNaN() ? Float.valueOf(Float.NaN) : Float.valueOf(number + 0.0f);
    }
    return value;
  }

  /** Returns what becomes of rows of the probe side; throws RowFailure as the device does. */
  public List<List<Object>> probe(List<Object[]> rows) {
    List<List<Object>> result = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      try {
        List<Object> row = probe.row(Arrays.asList(rows.get(i)));
        if (row != null) {
          probe(row, result);
        }
      } catch (RowErrorException e) {
        throw new RowFailure(i);
      }
    }
    return result;
  }

  private void probe(List<Object> row, List<List<Object>> result) {
    List<Object> key = key(spec.probeKeys(), row);
    List<Integer> matches = new ArrayList<>();
    for (int candidate : key == null ? List.<Integer>of() : index.getOrDefault(key, List.of())) {
      if (meets(row, build.get(candidate))) {
        matches.add(candidate);
        matched.set(candidate, true);
      }
    }
    if (spec.buildSide() == BuildSide.LEFT && spec.type().keepsLeftOnly()) {
      return;
    }
    if (spec.type().keepsLeftOnly()) {
      keep(row, key, !matches.isEmpty(), result);
      return;
    }
    matches.forEach(match -> result.add(output(row, build.get(match), null)));
    if (matches.isEmpty() && keepsUnmatched(spec.buildSide().other())) {
      result.add(output(row, nulls(buildColumns()), null));
    }
  }

  private void keep(List<Object> row, List<Object> key, boolean found, List<List<Object>> result) {
    boolean kept =
        switch (spec.type()) {
          case LEFT_SEMI -> found;
          case LEFT_ANTI -> !found;
          case NULL_AWARE_ANTI -> build.isEmpty() || (!nullKey && key != null && !found);
          default -> true;
        };
    if (kept) {
      result.add(output(row, nulls(buildColumns()), found));
    }
  }

  private boolean meets(List<Object> row, List<Object> buildRow) {
    if (spec.condition() == null) {
      return true;
    }
    List<Object> joined = new ArrayList<>(row);
    joined.addAll(buildRow);
    return Boolean.TRUE.equals(RowEvaluator.evaluate(spec.condition(), joined::get));
  }

  private boolean keepsUnmatched(BuildSide side) {
    JoinType one = side == BuildSide.LEFT ? JoinType.LEFT_OUTER : JoinType.RIGHT_OUTER;
    return spec.type() == JoinType.FULL_OUTER || spec.type() == one;
  }

  private int buildColumns() {
    return spec.build().input().outputTypes().size();
  }

  private static List<Object> nulls(int count) {
    return Collections.nCopies(count, null);
  }

  private List<Object> output(List<Object> row, List<Object> buildRow, Boolean found) {
    List<Object> joined = new ArrayList<>(row);
    joined.addAll(buildRow);
    joined.add(found);
    List<Object> output = new ArrayList<>();
    for (Expression expression : spec.outputs()) {
      output.add(RowEvaluator.evaluate(expression, joined::get));
    }
    return output;
  }

  /** Returns the rows that depend on the whole probe side. */
  public List<List<Object>> finish() {
    List<List<Object>> result = new ArrayList<>();
    List<Object> probeNulls = nulls(spec.probe().outputTypes().size());
    for (int i = 0; i < build.size(); i++) {
      if (finishes(matched.get(i))) {
        result.add(output(probeNulls, build.get(i), matched.get(i)));
      }
    }
    return result;
  }

  private boolean finishes(boolean found) {
    if (!spec.type().keepsLeftOnly()) {
      return !found && keepsUnmatched(spec.buildSide());
    }
    if (spec.buildSide() == BuildSide.RIGHT) {
      return false;
    }
    return switch (spec.type()) {
      case LEFT_SEMI -> found;
      case LEFT_ANTI -> !found;
      default -> true;
    };
  }
}
