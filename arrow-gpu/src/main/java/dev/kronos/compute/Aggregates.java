// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Reduces a vector to one value, as Arrow's aggregate functions do: nulls are skipped, and the
 * result is null when nothing is left. Every function reads the vector once, in one kernel.
 *
 * <p>Results do not depend on the device, its subgroup size or the order of additions: integers and
 * decimals are exact, and floating point sums are rounded once, from the exact sum.
 *
 * <p>Cost: O(n) work for n values, two passes for variance and stddev, and O(1) memory beside what
 * the vector takes on the device. Thread-safe. Errors: {@link KronosException.Unsupported} for a
 * vector whose type has no column type or which the function does not take, {@link
 * KronosException.Exhausted} when there is no room on the device.
 */
public final class Aggregates {
  private final Decoder decoder;

  /** Creates the functions of a device, which stays the caller's. */
  public Aggregates(Kronos kronos) {
    this(Decoder.none(kronos));
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Aggregates(Kronos kronos, DictionaryProvider dictionaries) {
    this(Decoder.of(kronos, dictionaries));
  }

  private Aggregates(Decoder decoder) {
    this.decoder = decoder;
  }

  /** Returns how many values are not null. */
  public long count(FieldVector values) {
    return reduce(values, Reduction::count);
  }

  /**
   * Estimates how many different values that are not null there are, with a standard error of 2.3
   * %. See {@link GroupAggregate#approxCountDistinct}; {@link Distinct#countDistinct} counts.
   */
  public long approxCountDistinct(FieldVector values) {
    return reduce(values, (rows, column) -> rows.finish(DistinctEstimate.of(column))).asLong();
  }

  /**
   * Returns the sum: INT64, wrapping around, for integers, UINT64 for unsigned ones; FLOAT64 for
   * floating point numbers; a decimal of 38 digits for decimals, null when it does not fit.
   */
  public Scalar sum(FieldVector values) {
    return reduce(values, Reduction::sum);
  }

  /**
   * Returns the sum as {@link #sum}, but fails where it does not fit.
   *
   * @throws KronosException.InvalidArgument when an integer or decimal sum overflows
   */
  public Scalar sumChecked(FieldVector values) {
    return reduce(values, (rows, column) -> rows.sumChecked(column, values.getName()));
  }

  /**
   * Returns the least value. Booleans: false is less than true. NaN is skipped where there are
   * numbers.
   */
  public Scalar min(FieldVector values) {
    return reduce(values, Reduction::min);
  }

  /**
   * Returns the greatest value. Booleans: false is less than true. NaN is skipped where there are
   * numbers.
   */
  public Scalar max(FieldVector values) {
    return reduce(values, Reduction::max);
  }

  /** Returns whether any boolean that is not null is true; null when there is none. */
  public Scalar any(FieldVector booleans) {
    return reduce(booleans, (rows, column) -> rows.max(requireBoolean(booleans, column)));
  }

  /** Returns whether all booleans that are not null are true; null when there is none. */
  public Scalar all(FieldVector booleans) {
    return reduce(booleans, (rows, column) -> rows.min(requireBoolean(booleans, column)));
  }

  /** Returns the arithmetic mean of numbers as FLOAT64: the exact sum, rounded, by the count. */
  public Scalar mean(FieldVector values) {
    return reduce(values, Reduction::mean);
  }

  /**
   * Returns the variance of numbers as FLOAT64: the mean square of the distances from the mean, by
   * a second pass.
   *
   * @param ddof delta degrees of freedom, 0 or more: the sum of squares is divided by the count
   *     less {@code ddof}; null where that is not positive
   */
  public Scalar variance(FieldVector values, int ddof) {
    return reduce(values, (rows, column) -> rows.variance(column, ddof));
  }

  /** Returns the standard deviation, the square root of {@link #variance}. */
  public Scalar stddev(FieldVector values, int ddof) {
    Scalar variance = variance(values, ddof);
    return variance.isNull()
        ? variance
        : new Scalar(DataType.FLOAT64, Math.sqrt(variance.asDouble()));
  }

  /**
   * Returns the skewness of numbers as FLOAT64, not corrected for a sample; NaN where all values
   * are one. See {@link GroupAggregate#skew}.
   */
  public Scalar skew(FieldVector values) {
    return reduce(values, (rows, column) -> rows.finish(MomentFinish.skew(column)));
  }

  /**
   * Returns the kurtosis of numbers above that of a normal distribution as FLOAT64, not corrected
   * for a sample; NaN where all values are one. See {@link GroupAggregate#kurtosis}.
   */
  public Scalar kurtosis(FieldVector values) {
    return reduce(values, (rows, column) -> rows.finish(MomentFinish.kurtosis(column)));
  }

  /**
   * Returns the covariance of pairs of numbers as FLOAT64; a pair of which a side is null is
   * skipped. See {@link GroupAggregate#covariance}.
   *
   * @param left one side of each pair
   * @param right the other side
   * @param ddof delta degrees of freedom, 0 or more: the sum of products is divided by the count
   *     less {@code ddof}; null where that is not positive
   * @throws KronosException.InvalidArgument when lengths differ or {@code ddof} is negative
   */
  public Scalar covariance(FieldVector left, FieldVector right, int ddof) {
    if (ddof < 0) {
      throw new KronosException.InvalidArgument(message("negative ddof", "ddof", ddof));
    }
    return pairs(left, right, (x, y) -> MomentFinish.covariance(x, y, ddof));
  }

  /**
   * Returns the correlation of pairs of numbers, Pearson's, as FLOAT64; NaN where all values of a
   * side are one. A pair of which a side is null is skipped. See {@link
   * GroupAggregate#correlation}.
   *
   * @throws KronosException.InvalidArgument when lengths differ
   */
  public Scalar correlation(FieldVector left, FieldVector right) {
    return pairs(left, right, MomentFinish::correlation);
  }

  private Scalar pairs(
      FieldVector left,
      FieldVector right,
      BiFunction<Expression, Expression, GroupFinish> function) {
    return decoder.rows(
        List.of(left, right),
        (rows, columns) ->
            new Reduction(decoder.kronos(), rows, columns.spec())
                .finish(function.apply(columns.column(0).operand(), columns.column(1).operand())));
  }

  private <T> T reduce(FieldVector values, BiFunction<Reduction, Expression, T> function) {
    return decoder.rows(
        List.of(values),
        (rows, columns) ->
            function.apply(
                new Reduction(decoder.kronos(), rows, columns.spec()),
                columns.column(0).operand()));
  }

  private static Expression requireBoolean(FieldVector vector, Expression column) {
    if (!column.type().equals(DataType.BOOLEAN)) {
      throw new KronosException.Unsupported(
          message(
              "function does not take this type",
              "wanted",
              DataType.BOOLEAN,
              "vector",
              vector.getField()));
    }
    return column;
  }
}
