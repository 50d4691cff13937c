// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.AggregateOverflow;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.pipeline.RowFailure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.function.Supplier;

/** The plain-Java twin of HashAggregate: keeps every value of every group, computes at the end. */
public final class ReferenceAggregate {
  private final AggregateSpec spec;
  private final ReferenceProject pipeline;
  private final Map<List<Object>, List<List<Object>>> groups = new LinkedHashMap<>();

  /** Creates the twin of a grouping. */
  public ReferenceAggregate(AggregateSpec spec) {
    this.spec = spec;
    this.pipeline = new ReferenceProject(spec.input());
    if (spec.keys().isEmpty()) {
      group(List.of());
    }
  }

  private List<List<Object>> group(List<Object> key) {
    return groups.computeIfAbsent(
        key,
        missing -> {
          List<List<Object>> values = new ArrayList<>();
          spec.calls().forEach(call -> values.add(new ArrayList<>()));
          return values;
        });
  }

  /** Takes in rows; throws RowFailure as the device does. */
  public void add(List<Object[]> rows) {
    for (int i = 0; i < rows.size(); i++) {
      try {
        addRow(pipeline.row(Arrays.asList(rows.get(i))));
      } catch (RowErrorException e) {
        throw new RowFailure(i);
      }
    }
  }

  private void addRow(List<Object> row) {
    if (row == null) {
      return;
    }
    List<Object> key = new ArrayList<>();
    for (Expression expression : spec.keys()) {
      key.add(RowEvaluator.evaluate(expression, row::get));
    }
    List<List<Object>> values = group(key);
    for (int i = 0; i < spec.calls().size(); i++) {
      Expression argument = spec.calls().get(i).argument();
      Expression condition = spec.calls().get(i).condition();
      if (condition != null && !Boolean.TRUE.equals(RowEvaluator.evaluate(condition, row::get))) {
        continue;
      }
      Object value = argument == null ? Boolean.TRUE : RowEvaluator.evaluate(argument, row::get);
      if (value != null && !spec.calls().get(i).others().isEmpty()) {
        List<Object> partial = new ArrayList<>(List.of(value));
        spec.calls().get(i).others().forEach(o -> partial.add(RowEvaluator.evaluate(o, row::get)));
        value = partial;
      }
      ReferenceBloom.check(spec.calls().get(i), value);
      if (value != null || picksRows(spec.calls().get(i))) {
        values.get(i).add(value);
      }
    }
  }

  private static boolean picksRows(AggregateCall call) {
    return call.function() == Function.FIRST || call.function() == Function.LAST;
  }

  /** Returns the groups: keys, then results. */
  public List<List<Object>> finish() {
    List<List<Object>> rows = new ArrayList<>();
    groups.forEach(
        (key, values) -> {
          List<Object> row = new ArrayList<>(key);
          for (int i = 0; i < values.size(); i++) {
            row.add(result(i, values.get(i)));
          }
          rows.add(row);
        });
    return rows;
  }

  private Object result(int index, List<Object> values) {
    AggregateCall call = spec.calls().get(index);
    return switch (call.function()) {
      case COUNT -> (long) values.size();
      case SEEN -> !values.isEmpty();
      case FIRST -> values.isEmpty() ? null : values.get(0);
      case LAST -> values.isEmpty() ? null : values.get(values.size() - 1);
      case BIT_AND, BIT_OR, BIT_XOR -> bits(call.function(), call.resultType(), values);
      case MEAN, DISTANCES -> ReferenceMoments.of(values, call.function());
      case CUBED_DISTANCES -> ReferencePowers.of(values, 3);
      case FOURTH_DISTANCES -> ReferencePowers.of(values, 4);
      case LEFT_MEAN, RIGHT_MEAN, CODISTANCES -> ReferencePairs.of(values, call.function());
      case MIN -> values.stream().min(ReferenceAggregate::compare).orElse(null);
      case MAX -> values.stream().max(ReferenceAggregate::compare).orElse(null);
      case SUM -> values.isEmpty() ? null : sum(index, call, values);
      case BLOOM_FILTER, BLOOM_UNION -> ReferenceBloom.of(call, values);
      case DISTINCT_WORD, DISTINCT_ZEROS, DISTINCT_INVERSE -> ReferenceDistinct.of(call, values);
    };
  }

  /** Combines the bits of integers; null for none. */
  static Object bits(Function function, DataType type, List<Object> values) {
    LongBinaryOperator operator =
        switch (function) {
          case BIT_AND -> (a, b) -> a & b;
          case BIT_OR -> (a, b) -> a | b;
          default -> (a, b) -> a ^ b;
        };
    if (values.isEmpty()) {
      return null;
    }
    long bits =
        values.stream().mapToLong(v -> ((Number) v).longValue()).reduce(operator).getAsLong();
    return switch (type.kind()) {
      case INT8 -> (Object) (byte) bits;
      case INT16 -> (short) bits;
      case INT32 -> (int) bits;
      default -> bits;
    };
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }

  private static Object sum(int index, AggregateCall call, List<Object> values) {
    if (call.argument().type().isFloating()) {
      return floatSum(values);
    }
    return exactSum(values, call.resultType(), call.mode(), () -> new AggregateOverflow(index));
  }

  /**
   * Adds up integers or unscaled decimals.
   *
   * @param overflow makes what is thrown in mode ANSI where the sum does not fit its type
   */
  static Object exactSum(
      List<Object> values, DataType type, ErrorMode mode, Supplier<RuntimeException> overflow) {
    BigInteger sum = BigInteger.ZERO;
    for (Object value : values) {
      BigInteger addend =
          value instanceof BigInteger unscaled
              ? unscaled
              : BigInteger.valueOf(((Number) value).longValue());
      sum = sum.add(addend);
    }
    boolean fits =
        type.isDecimal()
            ? sum.abs().compareTo(BigInteger.TEN.pow(type.precision())) < 0
            : sum.bitLength() < (type.equals(DataType.INT32) ? Integer.SIZE : Long.SIZE);
    if (!fits && mode == ErrorMode.ANSI) {
      throw overflow.get();
    }
    if (!fits && mode == ErrorMode.NULL) {
      return null;
    }
    if (type.equals(DataType.INT32)) {
      return sum.intValue();
    }
    return type.isDecimal() ? sum : (Object) sum.longValue();
  }

  /** Returns the exact sum, rounded once. */
  static Double floatSum(List<Object> values) {
    BigDecimal exact = BigDecimal.ZERO;
    double special = 0;
    for (Object value : values) {
      double number = ((Number) value).doubleValue();
      if (Double.isFinite(number)) {
        exact = exact.add(new BigDecimal(number));
      } else {
        special += number;
      }
    }
    return special == 0 ? rounded(exact) : (Double) special;
  }

  private static double rounded(BigDecimal exact) {
    return exact.signum() == 0 ? 0.0 : Double.parseDouble(exact.toString());
  }
}
