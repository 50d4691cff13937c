// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.compute.GroupAggregate.Function;
import dev.kronos.expression.Expression;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Says what is computed of the rows of each group of a {@link DeviceTable}, as {@link
 * GroupAggregate} does of vectors.
 *
 * @param name the name of the result
 * @param function what is computed
 * @param values what of, over the columns of the table; null only for {@link Function#COUNT_ALL}
 * @param other the right sides of pairs, of which the values are the left sides; null for functions
 *     of values
 * @param mode which values count, for COUNT and COUNT_DISTINCT
 * @param ddof delta degrees of freedom, 0 or more, for VARIANCE, STDDEV and COVARIANCE
 */
public record TableAggregate(
    String name, Function function, Expression values, Expression other, CountMode mode, int ddof) {

  /** Checks the parts. */
  public TableAggregate {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(mode, "mode");
    if (function != Function.COUNT_ALL) {
      Objects.requireNonNull(values, "values");
    }
    GroupAggregate.requirePairs(function, other);
    if (ddof < 0) {
      throw new KronosException.InvalidArgument(message("negative ddof", "ddof", ddof));
    }
  }

  /** Makes a function of values. */
  public TableAggregate(
      String name, Function function, Expression values, CountMode mode, int ddof) {
    this(name, function, values, null, mode, ddof);
  }

  /** Computes a function of values that are not null; variances of all values, by their count. */
  public static TableAggregate of(String name, Function function, Expression values) {
    return new TableAggregate(name, function, values, CountMode.ONLY_VALID, 0);
  }

  /** Computes a function of pairs whose sides are not null; covariances by the count of all. */
  public static TableAggregate ofPairs(
      String name, Function function, Expression left, Expression right) {
    return new TableAggregate(name, function, left, right, CountMode.ONLY_VALID, 0);
  }

  /** Counts rows: INT64, never null. */
  public static TableAggregate countAll(String name) {
    return of(name, Function.COUNT_ALL, null);
  }

  /** Returns the same of other values, for COUNT and COUNT_DISTINCT. */
  public TableAggregate counting(CountMode counted) {
    return new TableAggregate(name, function, values, other, counted, ddof);
  }

  /**
   * Returns the same with other degrees of freedom, 0 or more, for VARIANCE, STDDEV and COVARIANCE.
   */
  public TableAggregate withDdof(int degrees) {
    return new TableAggregate(name, function, values, other, mode, degrees);
  }

  /** Returns the same of expressions over other columns, the same ones null. */
  TableAggregate over(UnaryOperator<Expression> bound) {
    return new TableAggregate(
        name, function, bound.apply(values), other == null ? null : bound.apply(other), mode, ddof);
  }
}
