// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.Expression;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;

/**
 * Says how one of Spark's aggregate functions is computed: one line of the catalogue. Each side
 * adds calls and returns the function's buffer columns, one each and in Spark's order and types,
 * over the group keys and the results of the calls. Either half of an aggregation may therefore be
 * Spark's.
 *
 * @param sparkClass the function's class, matched exactly
 * @param coverage which of its calls are computed
 * @param update makes buffers from input rows
 * @param merge makes buffers from partial buffers
 * @param <F> the class
 */
record AggregateRule<F extends AggregateFunction>(
    Class<F> sparkClass,
    Coverage coverage,
    BiFunction<F, AggregateBuilder, List<Expression>> update,
    BiFunction<F, AggregateBuilder, List<Expression>> merge) {

  /** Adds the calls of a function and returns its buffers. */
  List<Expression> apply(AggregateFunction function, AggregateBuilder builder, boolean merges) {
    coverage.require(function.nodeName(), function.children().head().dataType());
    return (merges ? merge : update).apply(sparkClass.cast(function), builder);
  }
}
