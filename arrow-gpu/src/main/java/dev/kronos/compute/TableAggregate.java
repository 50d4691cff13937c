// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.compute.GroupAggregate.Function;
import dev.kronos.expression.Expression;
import java.util.Objects;

/**
 * Says what is computed of the rows of each group of a {@link DeviceTable}, as {@link
 * GroupAggregate} does of vectors.
 *
 * @param name the name of the result
 * @param function what is computed
 * @param values what of, over the columns of the table; null only for {@link Function#COUNT_ALL}
 * @param mode which values count, for COUNT and COUNT_DISTINCT
 * @param ddof delta degrees of freedom, 0 or more, for VARIANCE and STDDEV
 */
public record TableAggregate(
    String name, Function function, Expression values, CountMode mode, int ddof) {

  /** Checks the parts. */
  public TableAggregate {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(mode, "mode");
    if (function != Function.COUNT_ALL) {
      Objects.requireNonNull(values, "values");
    }
    if (ddof < 0) {
      throw new KronosException.InvalidArgument(message("negative ddof", "ddof", ddof));
    }
  }

  /** Computes a function of values that are not null; variances of all values, by their count. */
  public static TableAggregate of(String name, Function function, Expression values) {
    return new TableAggregate(name, function, values, CountMode.ONLY_VALID, 0);
  }

  /** Counts rows: INT64, never null. */
  public static TableAggregate countAll(String name) {
    return of(name, Function.COUNT_ALL, null);
  }

  /** Returns the same of other values, for COUNT and COUNT_DISTINCT. */
  public TableAggregate counting(CountMode counted) {
    return new TableAggregate(name, function, values, counted, ddof);
  }

  /** Returns the same with other degrees of freedom, 0 or more, for VARIANCE and STDDEV. */
  public TableAggregate withDdof(int degrees) {
    return new TableAggregate(name, function, values, mode, degrees);
  }

  /** Returns the same of values over other columns. */
  TableAggregate over(Expression other) {
    return new TableAggregate(name, function, other, mode, ddof);
  }
}
