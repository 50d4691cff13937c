// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;

/**
 * Groups rows in plain Java. Java's {@code equals} of boxed numbers is the equality of keys: NaNs
 * are equal, 0.0 and -0.0 are not.
 */
final class GroupOracle {
  private static final BigInteger MOST = BigInteger.TEN.pow(DataType.MAX_PRECISION);

  private GroupOracle() {}

  /** Returns the rows of each group, by key, in the order of first rows. */
  static Map<List<Object>, List<Integer>> groups(List<List<Object>> keys) {
    Map<List<Object>, List<Integer>> groups = new LinkedHashMap<>();
    for (int row = 0; row < keys.get(0).size(); row++) {
      List<Object> key = new ArrayList<>();
      for (List<Object> column : keys) {
        key.add(column.get(row));
      }
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  /** Returns an aggregate of the values of a group, nulls among them; null is null. */
  static Object aggregate(GroupAggregate aggregate, DataType type, List<Object> all) {
    List<Object> values =
        OracleTypes.meanings(type, all).stream().filter(Objects::nonNull).toList();
    return switch (aggregate.function()) {
      case COUNT_ALL -> (long) all.size();
      case COUNT -> count(aggregate.mode(), all);
      case COUNT_DISTINCT -> count(aggregate.mode(), new HashSet<>(OracleTypes.keys(type, all)));
      case APPROX_COUNT_DISTINCT -> DistinctOracle.estimate(type, all);
      case SUM, SUM_CHECKED -> values.isEmpty() ? null : sum(type, values);
      case MEAN -> mean(type, values);
      case VARIANCE -> variance(type, values, aggregate.ddof());
      case STDDEV -> {
        Double variance = variance(type, values, aggregate.ddof());
        yield variance == null ? null : (Object) Math.sqrt(variance);
      }
      case COVARIANCE, CORRELATION ->
          throw new IllegalArgumentException("of pairs: function=" + aggregate.function());
      case SKEW, KURTOSIS -> MomentOracle.shape(aggregate.function(), doubles(type, values));
      case MIN, ALL ->
          OracleTypes.stored(type, extreme(values, (a, b) -> compare(a, b) <= 0 ? a : b));
      case MAX, ANY ->
          OracleTypes.stored(type, extreme(values, (a, b) -> compare(a, b) >= 0 ? a : b));
    };
  }

  private static Object count(CountMode mode, Collection<Object> values) {
    long nulls = values.stream().filter(Objects::isNull).count();
    return switch (mode) {
      case ALL -> (long) values.size();
      case ONLY_NULL -> nulls;
      case ONLY_VALID -> values.size() - nulls;
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compare(Object a, Object b) {
    return ((Comparable) a).compareTo(b);
  }

  private static Object extreme(List<Object> values, BinaryOperator<Object> better) {
    List<Object> numbers = values.stream().filter(value -> !isNan(value)).toList();
    return (numbers.isEmpty() ? values : numbers).stream().reduce(better).orElse(null);
  }

  private static boolean isNan(Object value) {
    return (value instanceof Float f && f.isNaN()) || (value instanceof Double d && d.isNaN());
  }

  private static Object sum(DataType type, List<Object> values) {
    if (OracleTypes.isFloating(type)) {
      return floatSum(values.stream().map(value -> ((Number) value).doubleValue()).toList());
    }
    BigInteger sum = integers(values);
    if (!type.isDecimal()) {
      return sum.longValue();
    }
    return sum.abs().compareTo(MOST) < 0 ? sum : null;
  }

  private static BigInteger integers(List<Object> values) {
    return values.stream()
        .map(v -> v instanceof BigInteger b ? b : BigInteger.valueOf(((Number) v).longValue()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Adds exactly and rounds once. */
  private static Double floatSum(List<Double> values) {
    boolean plus = values.contains(Double.POSITIVE_INFINITY);
    boolean minus = values.contains(Double.NEGATIVE_INFINITY);
    if (values.contains(Double.NaN) || (plus && minus)) {
      return Double.NaN;
    }
    if (plus || minus) {
      return plus ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return values.stream()
        .map(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  private static Double mean(DataType type, List<Object> values) {
    if (values.isEmpty()) {
      return null;
    }
    if (OracleTypes.isFloating(type)) {
      return (Double) sum(type, values) / values.size();
    }
    BigInteger sum = integers(values);
    boolean fits = sum.abs().compareTo(MOST) < 0;
    return fits ? (Double) (new BigDecimal(sum, type.scale()).doubleValue() / values.size()) : null;
  }

  private static Double variance(DataType type, List<Object> values, int ddof) {
    Double mean = mean(type, values);
    if (mean == null || values.size() <= ddof) {
      return null;
    }
    List<Double> squares = new ArrayList<>();
    for (double number : doubles(type, values)) {
      squares.add((number - mean) * (number - mean));
    }
    return floatSum(squares) / (values.size() - ddof);
  }

  /** Returns numbers as doubles; meanings, without nulls. */
  static List<Double> doubles(DataType type, List<Object> values) {
    return values.stream()
        .map(
            value ->
                value instanceof BigInteger unscaled
                    ? new BigDecimal(unscaled, type.scale()).doubleValue()
                    : ((Number) value).doubleValue())
        .toList();
  }
}
