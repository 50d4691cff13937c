// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkOrder;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.SparkStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.ExpandExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Seq;

/**
 * Makes several rows of each row, one for each projection, as grouping sets and several distinct
 * aggregates need them; fused with the filters and projections below it. All rows of a batch by the
 * first projection come before those by the second.
 */
public final class KronosExpandExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  private final Seq<Seq<Expression>> projections;
  private final Seq<Attribute> columns;

  /**
   * Creates a node.
   *
   * @param projections what each of the rows is
   * @param columns the columns of all of them
   * @param child gives the rows
   */
  public KronosExpandExec(
      Seq<Seq<Expression>> projections, Seq<Attribute> columns, SparkPlan child) {
    super(child);
    this.projections = projections;
    this.columns = columns;
  }

  /** Makes the node that takes the place of Spark's. */
  public static KronosExpandExec of(ExpandExec plan) {
    return new KronosExpandExec(plan.projections(), plan.output(), plan.child());
  }

  /** Returns the pipelines of an expansion, one for each projection, behind another pipeline. */
  public static List<SparkPipeline> pipelines(
      SparkPipeline before, Seq<Seq<Expression>> projections, List<Attribute> columns) {
    List<SparkPipeline> pipelines = new ArrayList<>();
    for (Seq<Expression> projection : ScalaCollections.<Seq<Expression>>list(projections)) {
      List<Expression> values = ScalaCollections.list(projection);
      List<NamedExpression> named = new ArrayList<>(values.size());
      for (Attribute column : columns) {
        Expression value = values.get(named.size());
        named.add(SparkOrder.named(value, column.name(), column.exprId()));
      }
      List<SparkStep> steps = new ArrayList<>(before.steps());
      steps.add(new SparkStep.Project(named));
      pipelines.add(new SparkPipeline(before.input(), steps));
    }
    return pipelines;
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {projections, columns, child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return new ExpandExec(projections, columns, child());
  }

  /** Leaves out the columns: the node makes them, it does not need them. */
  @Override
  public AttributeSet references() {
    return twin().references();
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosExpandExec(projections, columns, newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return NodeMetrics.make(sparkContext());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    FusedChain chain = FusedChain.below(this);
    List<Attribute> output = ScalaCollections.list(columns);
    return new ExpandFunction(
            pipelines(chain.pipeline(), projections, output), output, chain.metrics())
        .over(chain);
  }
}
