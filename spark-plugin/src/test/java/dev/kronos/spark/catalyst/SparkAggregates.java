// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateMode;
import org.apache.spark.sql.catalyst.expressions.aggregate.Partial$;
import scala.Option;

/** Gives tests aggregations of Spark's without group keys, and their translations. */
final class SparkAggregates {
  private SparkAggregates() {}

  /** Makes an aggregation of input rows. */
  static AggregateShape partial(List<? extends Attribute> input, AggregateFunction... functions) {
    return shape(input, Partial$.MODULE$, functions);
  }

  /** Makes an aggregation of those input rows of which a condition is true. */
  static AggregateShape filtered(
      List<? extends Attribute> input, Expression filter, AggregateFunction... functions) {
    return shape(
        input,
        Collections.nCopies(functions.length, Partial$.MODULE$),
        Option.apply(filter),
        functions);
  }

  /** Makes an aggregation. */
  static AggregateShape shape(
      List<? extends Attribute> input, AggregateMode mode, AggregateFunction... functions) {
    return mixed(input, Collections.nCopies(functions.length, mode), functions);
  }

  /** Makes an aggregation with a mode for each function. */
  static AggregateShape mixed(
      List<? extends Attribute> input,
      List<? extends AggregateMode> modes,
      AggregateFunction... functions) {
    return shape(input, modes, Option.empty(), functions);
  }

  private static AggregateShape shape(
      List<? extends Attribute> input,
      List<? extends AggregateMode> modes,
      Option<Expression> filter,
      AggregateFunction... functions) {
    List<AggregateExpression> aggregates = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>();
    List<NamedExpression> results = new ArrayList<>();
    for (AggregateFunction function : functions) {
      AggregateExpression aggregate =
          new AggregateExpression(
              function,
              modes.get(aggregates.size()),
              false,
              filter,
              NamedExpression$.MODULE$.newExprId());
      aggregates.add(aggregate);
      attributes.add(aggregate.resultAttribute());
      results.add(aggregate.resultAttribute());
    }
    return new AggregateShape(List.copyOf(input), List.of(), aggregates, attributes, results);
  }

  /** Translates an aggregation over a source. */
  static Translation<TranslatedAggregate> translation(
      AggregateShape shape, List<? extends Attribute> source) {
    SparkPipeline pipeline = new SparkPipeline(List.copyOf(source), List.of());
    return new AggregateTranslator(pipeline, shape).translate();
  }
}
