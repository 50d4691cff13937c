// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compare;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * Compares two answers cell by cell.
 *
 * <p>Everything but floating point must be equal, a decimal's scale included. Two floating-point
 * cells are equal when both are NaN or when they differ by at most {@link #RELATIVE_TOLERANCE} of
 * the larger: Spark's own float sums depend on the order in which partitions arrive. Zeros are
 * equal when their signs are.
 */
public final class AnswerComparator {
  /** Largest difference of two floating-point cells, as a part of the larger one. */
  public static final double RELATIVE_TOLERANCE = 1e-9;

  private static final double FLOAT32_TOLERANCE = 1e-6;

  private AnswerComparator() {}

  /**
   * Compares answers whose row order matters.
   *
   * @return the first difference in words, or empty when the answers are equal
   */
  public static Optional<String> difference(Answer expected, Answer actual) {
    Optional<String> shape = shapeDifference(expected, actual);
    return shape.isPresent() ? shape : rowDifference(expected, actual);
  }

  /** Compares answers whose row order is free: both are sorted by their exact columns first. */
  public static Optional<String> differenceInAnyOrder(Answer expected, Answer actual) {
    return difference(sorted(expected), sorted(actual));
  }

  private static Optional<String> shapeDifference(Answer expected, Answer actual) {
    String[] expectedTypes = types(expected);
    String[] actualTypes = types(actual);
    if (!Arrays.equals(expectedTypes, actualTypes)) {
      return Optional.of(
          "Columns differ: expected=%s, actual=%s"
              .formatted(Arrays.toString(expectedTypes), Arrays.toString(actualTypes)));
    }
    if (expected.rows().size() != actual.rows().size()) {
      return Optional.of(
          "Row counts differ: expected=%d, actual=%d"
              .formatted(expected.rows().size(), actual.rows().size()));
    }
    return Optional.empty();
  }

  private static Optional<String> rowDifference(Answer expected, Answer actual) {
    for (int row = 0; row < expected.rows().size(); row++) {
      for (int column = 0; column < expected.schema().length(); column++) {
        Object left = expected.rows().get(row).get(column);
        Object right = actual.rows().get(row).get(column);
        if (!equal(left, right)) {
          return Optional.of(
              "Cells differ: row=%d, column=%s, expected=%s, actual=%s"
                  .formatted(row, expected.schema().fields()[column].name(), left, right));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean equal(Object expected, Object actual) {
    if (expected == null || actual == null) {
      return expected == actual;
    }
    if (expected instanceof Double left && actual instanceof Double right) {
      return close(left, right, RELATIVE_TOLERANCE);
    }
    if (expected instanceof Float left && actual instanceof Float right) {
      return close(left, right, FLOAT32_TOLERANCE);
    }
    if (expected instanceof byte[] left && actual instanceof byte[] right) {
      return Arrays.equals(left, right);
    }
    return expected.equals(actual);
  }

  private static boolean close(double expected, double actual, double tolerance) {
    if (Double.isNaN(expected) || Double.isNaN(actual)) {
      return Double.isNaN(expected) && Double.isNaN(actual);
    }
    if (Double.isInfinite(expected) || Double.isInfinite(actual)) {
      return expected == actual;
    }
    if (expected == 0 && actual == 0) {
      return Double.compare(expected, actual) == 0;
    }
    double scale = Math.max(Math.abs(expected), Math.abs(actual));
    return Math.abs(expected - actual) <= tolerance * scale;
  }

  private static String[] types(Answer answer) {
    return Arrays.stream(answer.schema().fields())
        .map(AnswerComparator::describe)
        .toArray(String[]::new);
  }

  private static String describe(StructField field) {
    DataType type = field.dataType();
    return field.name() + " " + type.simpleString();
  }

  private static Answer sorted(Answer answer) {
    List<List<Object>> rows =
        answer.rows().stream()
            .map(row -> new KeyedRow(sortKey(row), row))
            .sorted(Comparator.comparing(KeyedRow::key))
            .map(KeyedRow::row)
            .toList();
    return new Answer(answer.schema(), rows);
  }

  /** Keeps a row's key, which takes far longer to make than to compare. */
  private record KeyedRow(String key, List<Object> row) {}

  /** Leaves the low digits of floats out of the key, so that close rows sort alike. */
  private static String sortKey(List<Object> row) {
    StringBuilder exact = new StringBuilder();
    StringBuilder rounded = new StringBuilder();
    for (Object value : row) {
      if (value instanceof Double || value instanceof Float) {
        rounded.append("%.5e".formatted(((Number) value).doubleValue())).append('|');
      } else {
        exact.append(text(value)).append('|');
      }
    }
    return exact.append(rounded).toString();
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }
}
