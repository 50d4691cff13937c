// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.AggregateShape;
import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.apache.spark.sql.execution.aggregate.HashAggregateExec;
import org.apache.spark.sql.execution.aggregate.ObjectHashAggregateExec;
import org.apache.spark.sql.execution.aggregate.SortAggregateExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Groups rows and computes aggregate functions, on the device, fused with the filters and
 * projections below it. Takes and gives exactly Spark's buffer columns, so that the other half of
 * an aggregation may run in either engine.
 */
public final class KronosHashAggregateExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  private final Option<Seq<Expression>> distribution;
  private final Seq<NamedExpression> grouping;
  private final Seq<AggregateExpression> aggregates;
  private final Seq<Attribute> aggregateAttributes;
  private final Integer initialInputBufferOffset;
  private final Seq<NamedExpression> results;
  private final Boolean sorting;

  /**
   * Creates a node from the parts of Spark's {@link HashAggregateExec}, {@link
   * ObjectHashAggregateExec} or {@link SortAggregateExec}; not for streams.
   *
   * @param distribution how the input must be distributed, if it matters
   * @param grouping the group keys
   * @param aggregates the functions
   * @param aggregateAttributes the names of the functions' results
   * @param initialInputBufferOffset where buffers begin in the input, kept for the twin
   * @param results what is given out
   * @param sorting whether the twin groups by sorting, as Spark's hash table cannot hold what the
   *     functions keep; the device hashes all the same
   * @param child gives the rows
   */
  public KronosHashAggregateExec(
      Option<Seq<Expression>> distribution,
      Seq<NamedExpression> grouping,
      Seq<AggregateExpression> aggregates,
      Seq<Attribute> aggregateAttributes,
      Integer initialInputBufferOffset,
      Seq<NamedExpression> results,
      Boolean sorting,
      SparkPlan child) {
    super(child);
    this.distribution = distribution;
    this.grouping = grouping;
    this.aggregates = aggregates;
    this.aggregateAttributes = aggregateAttributes;
    this.initialInputBufferOffset = initialInputBufferOffset;
    this.results = results;
    this.sorting = sorting;
  }

  /** Makes the node that takes the place of Spark's. */
  public static KronosHashAggregateExec of(BaseAggregateExec plan) {
    return new KronosHashAggregateExec(
        plan.requiredChildDistributionExpressions(),
        plan.groupingExpressions(),
        plan.aggregateExpressions(),
        plan.aggregateAttributes(),
        plan.initialInputBufferOffset(),
        plan.resultExpressions(),
        plan instanceof SortAggregateExec,
        plan.child());
  }

  /** Returns what one of Spark's aggregations computes. */
  public static AggregateShape shape(BaseAggregateExec plan) {
    return new AggregateShape(
        ScalaCollections.list(plan.inputAttributes()),
        ScalaCollections.list(plan.groupingExpressions()),
        ScalaCollections.list(plan.aggregateExpressions()),
        ScalaCollections.list(plan.aggregateAttributes()),
        ScalaCollections.list(plan.resultExpressions()));
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {
      distribution,
      grouping,
      aggregates,
      aggregateAttributes,
      initialInputBufferOffset,
      results,
      sorting,
      child()
    };
  }

  @Override
  protected SparkPlan makeTwin() {
    return sorting ? sortingTwin() : keepsObjects() ? twinOfObjects() : hashingTwin();
  }

  /** Tells whether a function's buffer is an object, of which rows hold the bytes. */
  private boolean keepsObjects() {
    return ScalaCollections.<AggregateExpression>list(aggregates).stream()
        .anyMatch(a -> a.aggregateFunction() instanceof TypedImperativeAggregate);
  }

  private SparkPlan sortingTwin() {
    return new SortAggregateExec(
        distribution,
        false,
        Option.empty(),
        grouping,
        aggregates,
        aggregateAttributes,
        initialInputBufferOffset,
        results,
        child());
  }

  private SparkPlan twinOfObjects() {
    return new ObjectHashAggregateExec(
        distribution,
        false,
        Option.empty(),
        grouping,
        aggregates,
        aggregateAttributes,
        initialInputBufferOffset,
        results,
        child());
  }

  private SparkPlan hashingTwin() {
    return new HashAggregateExec(
        distribution,
        false,
        Option.empty(),
        grouping,
        aggregates,
        aggregateAttributes,
        initialInputBufferOffset,
        results,
        child());
  }

  /** Gives groups in no order, whatever the twin does. */
  @Override
  public Seq<SortOrder> outputOrdering() {
    return ScalaCollections.seq(List.of());
  }

  /** Takes rows in any order, whatever the twin needs. */
  @Override
  public Seq<Seq<SortOrder>> requiredChildOrdering() {
    return ScalaCollections.seq(List.of(ScalaCollections.seq(List.of())));
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosHashAggregateExec(
        distribution,
        grouping,
        aggregates,
        aggregateAttributes,
        initialInputBufferOffset,
        results,
        sorting,
        newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return NodeMetrics.make(sparkContext());
  }

  /** Describes the node as Spark describes its own aggregations. */
  @Override
  public String simpleString(int maxFields) {
    return own(twin().simpleString(maxFields));
  }

  @Override
  public String verboseString(int maxFields) {
    return own(twin().verboseString(maxFields));
  }

  private String own(String twins) {
    return nodeName() + twins.substring(twin().nodeName().length());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    AggregateShape shape = shape((BaseAggregateExec) twin());
    ChainFunction aggregate = chain -> new AggregateIterator(chain, shape);
    return aggregate.over(ProbedChain.below(this));
  }
}
