// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.expression.Expression;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;

/**
 * Says what is computed of the rows of each group, as Arrow's {@code hash_} functions do. Nulls are
 * skipped, and a result is null where nothing is left, but for counts. Holds no reference of its
 * own to the vector.
 *
 * @param function what is computed
 * @param values what of; null only for {@link Function#COUNT_ALL}; stays the caller's
 * @param other the right sides of pairs, of which the values are the left sides; null for functions
 *     of values; stays the caller's
 * @param mode which values count, for COUNT and COUNT_DISTINCT
 * @param ddof delta degrees of freedom, 0 or more, for VARIANCE, STDDEV and COVARIANCE
 */
public record GroupAggregate(
    Function function, FieldVector values, FieldVector other, CountMode mode, int ddof) {

  /** Names a function of the rows of a group. */
  public enum Function {
    /** See {@link GroupAggregate#sum}. */
    SUM,
    /** See {@link GroupAggregate#sumChecked}. */
    SUM_CHECKED,
    /** See {@link GroupAggregate#min}. */
    MIN,
    /** See {@link GroupAggregate#max}. */
    MAX,
    /** See {@link GroupAggregate#mean}. */
    MEAN,
    /** See {@link GroupAggregate#count}. */
    COUNT,
    /** See {@link GroupAggregate#countAll}. */
    COUNT_ALL,
    /** See {@link GroupAggregate#countDistinct}. */
    COUNT_DISTINCT,
    /** See {@link GroupAggregate#approxCountDistinct}. */
    APPROX_COUNT_DISTINCT,
    /** See {@link GroupAggregate#variance}. */
    VARIANCE,
    /** See {@link GroupAggregate#stddev}. */
    STDDEV,
    /** See {@link GroupAggregate#skew}. */
    SKEW,
    /** See {@link GroupAggregate#kurtosis}. */
    KURTOSIS,
    /** See {@link GroupAggregate#covariance}. */
    COVARIANCE,
    /** See {@link GroupAggregate#correlation}. */
    CORRELATION,
    /** See {@link GroupAggregate#any}. */
    ANY,
    /** See {@link GroupAggregate#all}. */
    ALL;

    /** Returns Arrow's name without {@code hash_}, such as {@code count_distinct}. */
    public String arrowName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether it is of pairs of values. */
    boolean isOfPairs() {
      return this == COVARIANCE || this == CORRELATION;
    }
  }

  /** Checks the parts. */
  public GroupAggregate {
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(mode, "mode");
    if (function != Function.COUNT_ALL) {
      Objects.requireNonNull(values, "values");
    }
    requirePairs(function, other);
    if (ddof < 0) {
      throw new KronosException.InvalidArgument(message("negative ddof", "ddof", ddof));
    }
  }

  /** Makes a function of values. */
  public GroupAggregate(Function function, FieldVector values, CountMode mode, int ddof) {
    this(function, values, null, mode, ddof);
  }

  /** Checks that there are right sides where a function is of pairs, and nowhere else. */
  static void requirePairs(Function function, Object other) {
    if (function.isOfPairs() != (other != null)) {
      throw new KronosException.InvalidArgument(
          message("only functions of pairs have two operands", "function", function));
    }
  }

  private static GroupAggregate of(Function function, FieldVector values) {
    return new GroupAggregate(function, values, CountMode.ONLY_VALID, 0);
  }

  /**
   * Sums numbers: INT64, wrapping around, for integers, UINT64 for unsigned ones; FLOAT64 for
   * floating point numbers, rounded once from the exact sum; a decimal of 38 digits for decimals,
   * null where it does not fit.
   */
  public static GroupAggregate sum(FieldVector values) {
    return of(Function.SUM, values);
  }

  /** Sums as {@link #sum}; the call fails where an integer or decimal sum does not fit. */
  public static GroupAggregate sumChecked(FieldVector values) {
    return of(Function.SUM_CHECKED, values);
  }

  /**
   * Finds the least value, of all types but strings and bytes; NaN is skipped where there are
   * numbers.
   */
  public static GroupAggregate min(FieldVector values) {
    return of(Function.MIN, values);
  }

  /**
   * Finds the greatest value, of all types but strings and bytes; NaN is skipped where there are
   * numbers.
   */
  public static GroupAggregate max(FieldVector values) {
    return of(Function.MAX, values);
  }

  /** Divides the exact sum of numbers, rounded to FLOAT64, by their count. */
  public static GroupAggregate mean(FieldVector values) {
    return of(Function.MEAN, values);
  }

  /** Counts values of any type: INT64, never null. */
  public static GroupAggregate count(FieldVector values, CountMode mode) {
    return new GroupAggregate(Function.COUNT, values, mode, 0);
  }

  /** Counts rows: INT64, never null. */
  public static GroupAggregate countAll() {
    return of(Function.COUNT_ALL, null);
  }

  /**
   * Counts different values of any type: INT64, never null. NaNs are one value, 0.0 and -0.0 are
   * two.
   */
  public static GroupAggregate countDistinct(FieldVector values, CountMode mode) {
    return new GroupAggregate(Function.COUNT_DISTINCT, values, mode, 0);
  }

  /**
   * Estimates how many different values of any type there are that are not null, with a standard
   * error of 2.3 %: INT64, never null. Takes 1,640 bytes a group, however many values it has. NaNs
   * are one value, and so are 0.0 and -0.0. HyperLogLog++ with 2,048 registers and Spark's hashes;
   * Arrow has no such function.
   */
  public static GroupAggregate approxCountDistinct(FieldVector values) {
    return of(Function.APPROX_COUNT_DISTINCT, values);
  }

  /**
   * Takes the variance of numbers as FLOAT64 in two passes: the sum of the squares of the distances
   * from the mean by the count less {@code ddof}; null where that is not positive.
   */
  public static GroupAggregate variance(FieldVector values, int ddof) {
    return new GroupAggregate(Function.VARIANCE, values, CountMode.ONLY_VALID, ddof);
  }

  /** Takes the standard deviation, the square root of {@link #variance}. */
  public static GroupAggregate stddev(FieldVector values, int ddof) {
    return new GroupAggregate(Function.STDDEV, values, CountMode.ONLY_VALID, ddof);
  }

  /**
   * Takes the skewness of numbers as FLOAT64, {@code sqrt(n) * m3 / sqrt(m2 * m2 * m2)} of n values
   * and the exact sums of squares and cubes of their distances from the mean, rounded once; NaN
   * where all values are one. Not corrected for a sample, Arrow's default.
   */
  public static GroupAggregate skew(FieldVector values) {
    return of(Function.SKEW, values);
  }

  /**
   * Takes the kurtosis of numbers above that of a normal distribution as FLOAT64, {@code n * m4 /
   * (m2 * m2) - 3} of n values and the exact sums of squares and fourth powers of their distances
   * from the mean, rounded once; NaN where all values are one. Not corrected for a sample, Arrow's
   * default.
   */
  public static GroupAggregate kurtosis(FieldVector values) {
    return of(Function.KURTOSIS, values);
  }

  /**
   * Takes the covariance of pairs of numbers as FLOAT64: the exact sum of the products of their
   * distances from both means, rounded once, by the count less {@code ddof}; null where that is not
   * positive. Arrow has no such function. A pair of which a side is null is skipped.
   *
   * @param left one side of each pair
   * @param right the other side, as long
   * @param ddof delta degrees of freedom, 0 or more: 0 for all there is, 1 for a sample
   */
  public static GroupAggregate covariance(FieldVector left, FieldVector right, int ddof) {
    return new GroupAggregate(Function.COVARIANCE, left, right, CountMode.ONLY_VALID, ddof);
  }

  /**
   * Takes the correlation of pairs of numbers, Pearson's, as FLOAT64: {@code c / sqrt(x * y)} of
   * the exact sums of products c and of squares x and y of distances from the means, rounded once;
   * NaN where all values of a side are one. Arrow has no such function. A pair of which a side is
   * null is skipped.
   *
   * @param left one side of each pair
   * @param right the other side, as long
   */
  public static GroupAggregate correlation(FieldVector left, FieldVector right) {
    return new GroupAggregate(Function.CORRELATION, left, right, CountMode.ONLY_VALID, 0);
  }

  /** Tells whether any boolean is true. */
  public static GroupAggregate any(FieldVector booleans) {
    return of(Function.ANY, booleans);
  }

  /** Tells whether all booleans are true. */
  public static GroupAggregate all(FieldVector booleans) {
    return of(Function.ALL, booleans);
  }

  /**
   * Returns the name of the result as Arrow makes it, such as {@code price_sum}; of pairs with the
   * names of both sides.
   */
  public String resultName() {
    return operands().stream().map(vector -> vector.getName() + "_").collect(Collectors.joining())
        + function.arrowName();
  }

  /** Returns what the function is of: nothing, values, or the left and right sides of pairs. */
  List<FieldVector> operands() {
    return Stream.of(values, other).filter(Objects::nonNull).toList();
  }

  /** Returns the same of what a function sees of its operands. */
  GroupAggregate of(Operands operands) {
    return values == null
        ? this
        : new GroupAggregate(
            function, operands.of(values), other == null ? null : operands.of(other), mode, ddof);
  }

  /** Returns the same of columns, of which {@code right} is null where there is no other. */
  TableAggregate over(Expression column, Expression right) {
    return new TableAggregate(resultName(), function, column, right, mode, ddof);
  }
}
