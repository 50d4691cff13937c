// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.expression.Expression;
import java.util.Locale;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;

/**
 * Says what is computed of the rows of each group, as Arrow's {@code hash_} functions do. Nulls are
 * skipped, and a result is null where nothing is left, but for counts. Holds no reference of its
 * own to the vector.
 *
 * @param function what is computed
 * @param values what of; null only for {@link Function#COUNT_ALL}; stays the caller's
 * @param mode which values count, for COUNT and COUNT_DISTINCT
 * @param ddof delta degrees of freedom, 0 or more, for VARIANCE and STDDEV
 */
public record GroupAggregate(Function function, FieldVector values, CountMode mode, int ddof) {

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
    /** See {@link GroupAggregate#variance}. */
    VARIANCE,
    /** See {@link GroupAggregate#stddev}. */
    STDDEV,
    /** See {@link GroupAggregate#skew}. */
    SKEW,
    /** See {@link GroupAggregate#kurtosis}. */
    KURTOSIS,
    /** See {@link GroupAggregate#any}. */
    ANY,
    /** See {@link GroupAggregate#all}. */
    ALL;

    /** Returns Arrow's name without {@code hash_}, such as {@code count_distinct}. */
    public String arrowName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the parts. */
  public GroupAggregate {
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(mode, "mode");
    if (function != Function.COUNT_ALL) {
      Objects.requireNonNull(values, "values");
    }
    if (ddof < 0) {
      throw new KronosException.InvalidArgument(message("negative ddof", "ddof", ddof));
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

  /** Tells whether any boolean is true. */
  public static GroupAggregate any(FieldVector booleans) {
    return of(Function.ANY, booleans);
  }

  /** Tells whether all booleans are true. */
  public static GroupAggregate all(FieldVector booleans) {
    return of(Function.ALL, booleans);
  }

  /** Returns the name of the result as Arrow makes it, such as {@code price_sum}. */
  public String resultName() {
    return values == null ? function.arrowName() : values.getName() + "_" + function.arrowName();
  }

  /** Returns the same of what a function sees of its operands. */
  GroupAggregate of(Operands operands) {
    return values == null ? this : new GroupAggregate(function, operands.of(values), mode, ddof);
  }

  /** Returns the same of a column of values. */
  TableAggregate over(Expression column) {
    return new TableAggregate(resultName(), function, column, mode, ddof);
  }
}
