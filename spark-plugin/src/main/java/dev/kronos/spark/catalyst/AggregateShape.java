// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;

/**
 * Holds what an aggregation computes, in Spark's expressions. Immutable.
 *
 * @param input the columns that reach it; in merging modes the buffers' columns bear the names that
 *     the functions give them
 * @param grouping the group keys; empty for one group of all rows
 * @param aggregates the functions with their modes
 * @param aggregateAttributes the names of the functions' results in {@code results}
 * @param results what leaves the aggregation
 */
public record AggregateShape(
    List<Attribute> input,
    List<NamedExpression> grouping,
    List<AggregateExpression> aggregates,
    List<Attribute> aggregateAttributes,
    List<NamedExpression> results)
    implements Serializable {

  /** Copies the lists. */
  public AggregateShape {
    input = List.copyOf(input);
    grouping = List.copyOf(grouping);
    aggregates = List.copyOf(aggregates);
    aggregateAttributes = List.copyOf(aggregateAttributes);
    results = List.copyOf(results);
  }

  /** Returns the functions, in order. */
  public List<AggregateFunction> functions() {
    List<AggregateFunction> functions = new ArrayList<>(aggregates.size());
    aggregates.forEach(a -> functions.add(a.aggregateFunction()));
    return functions;
  }

  /**
   * Returns the columns that reach the aggregation as its functions know them. Functions whose
   * buffers are opaque give these other ids wherever the functions arrive by serialisation.
   */
  List<Attribute> known() {
    List<Attribute> buffers = new ArrayList<>();
    aggregates.stream()
        .filter(AggregateShape::merges)
        .map(AggregateExpression::aggregateFunction)
        .forEach(f -> buffers.addAll(ScalaCollections.list(f.inputAggBufferAttributes())));
    List<Attribute> known = new ArrayList<>(input.subList(0, input.size() - buffers.size()));
    known.addAll(buffers);
    return known;
  }

  /** Tells whether the catalogue has all functions. */
  public boolean isListed() {
    return functions().stream().allMatch(f -> AggregateCatalog.rule(f.getClass()).isPresent());
  }

  /** Returns the names of the group keys. */
  public List<Attribute> groupingAttributes() {
    List<Attribute> attributes = new ArrayList<>(grouping.size());
    grouping.forEach(g -> attributes.add(g.toAttribute()));
    return attributes;
  }

  /**
   * Returns group keys, then the buffers of all functions: the columns of a partial result. Where
   * results leave the aggregation, an opaque buffer is one column, which holds the result.
   */
  public List<Attribute> bufferAttributes() {
    List<Attribute> attributes = new ArrayList<>(groupingAttributes());
    boolean buffers = givesBuffers();
    for (AggregateFunction f : functions()) {
      List<Attribute> own = ScalaCollections.list(f.aggBufferAttributes());
      attributes.addAll(buffers || f instanceof DeclarativeAggregate ? own : own.subList(0, 1));
    }
    return attributes;
  }

  /** Returns what makes a result of a function's buffers; of opaque ones, the buffer as it is. */
  static Expression evaluation(AggregateFunction function) {
    return function instanceof DeclarativeAggregate declarative
        ? declarative.evaluateExpression()
        : (Expression) function.aggBufferAttributes().head();
  }

  /** Tells whether a function merges rows that are partial results of its own. */
  static boolean merges(AggregateExpression aggregate) {
    return isMode(aggregate, "PartialMerge") || isMode(aggregate, "Final");
  }

  /** Tells whether buffers leave the aggregation, and not results. */
  public boolean givesBuffers() {
    return aggregates.stream().anyMatch(AggregateShape::givesBuffer);
  }

  /** Tells whether some functions give buffers and others results, which Spark does not plan. */
  boolean givesBoth() {
    return aggregates.stream().map(AggregateShape::givesBuffer).distinct().count() > 1;
  }

  private static boolean givesBuffer(AggregateExpression aggregate) {
    return isMode(aggregate, "Partial") || isMode(aggregate, "PartialMerge");
  }

  /**
   * Tells whether rows are gathered that are gathered again afterwards, so that a group may come
   * out several times. Without functions it cannot be told.
   */
  public boolean isPartial() {
    return modes().contains("Partial");
  }

  /** Returns the modes that occur, as Spark names them. */
  public List<String> modes() {
    return aggregates.stream().map(a -> a.mode().toString()).distinct().toList();
  }

  /** Returns the columns that leave the aggregation. */
  public List<Attribute> output() {
    List<Attribute> output = new ArrayList<>(results.size());
    results.forEach(r -> output.add(r.toAttribute()));
    return output;
  }

  private static boolean isMode(AggregateExpression aggregate, String mode) {
    return aggregate.mode().toString().equals(mode);
  }
}
