// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.DrawnRows;
import dev.kronos.spark.catalyst.DrawnValues;
import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.catalyst.MergedSubqueries;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.SparkStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Seq;

/**
 * Puts random numbers and the like beside the columns of its child, for a filter or a projection on
 * the device that is above it. The processor draws them, one row after the other, as Spark does.
 */
public final class KronosDrawExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  private final Seq<NamedExpression> drawn;

  /**
   * Creates a node.
   *
   * @param drawn the values, each with a name, 1 or more
   * @param child gives the rows
   */
  public KronosDrawExec(Seq<NamedExpression> drawn, SparkPlan child) {
    super(child);
    this.drawn = drawn;
  }

  /** Makes what takes the place of Spark's filter. */
  public static SparkPlan filter(FilterExec plan) {
    DrawnValues values = DrawnValues.of(new SparkStep.Filter(plan.condition()));
    SparkPlan kept =
        new KronosFilterExec(((SparkStep.Filter) values.step()).condition(), below(values, plan));
    if (values.drawn().isEmpty()) {
      return kept;
    }
    List<NamedExpression> columns = List.copyOf(ScalaCollections.list(plan.child().output()));
    return new KronosProjectExec(ScalaCollections.seq(columns), kept);
  }

  /** Makes what takes the place of Spark's projection. */
  public static SparkPlan project(ProjectExec plan) {
    List<NamedExpression> columns = ScalaCollections.list(plan.projectList());
    Optional<MergedSubqueries> merged = MergedSubqueries.of(columns);
    if (merged.isEmpty()) {
      return project(columns, plan);
    }
    List<NamedExpression> packed = List.of(merged.get().struct());
    return new ProjectExec(ScalaCollections.seq(packed), project(merged.get().values(), plan));
  }

  private static SparkPlan project(List<NamedExpression> expressions, SparkPlan plan) {
    DrawnValues values = DrawnValues.of(new SparkStep.Project(expressions));
    List<NamedExpression> columns = ((SparkStep.Project) values.step()).expressions();
    return new KronosProjectExec(ScalaCollections.seq(columns), below(values, plan));
  }

  private static SparkPlan below(DrawnValues values, SparkPlan plan) {
    SparkPlan child = plan.children().apply(0);
    return values.drawn().isEmpty()
        ? child
        : new KronosDrawExec(ScalaCollections.seq(values.drawn()), child);
  }

  private DrawnRows rows() {
    return new DrawnRows(ScalaCollections.list(drawn));
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {drawn, child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    List<NamedExpression> all = new ArrayList<>(ScalaCollections.list(child().output()));
    all.addAll(ScalaCollections.list(drawn));
    return new ProjectExec(ScalaCollections.seq(all), child());
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosDrawExec(drawn, newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return NodeMetrics.make(sparkContext());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    FusedChain nothing = new FusedChain(List.of(), child(), this);
    DrawnRows rows = rows();
    List<Attribute> columns = new ArrayList<>(nothing.pipeline().input());
    columns.addAll(rows.columns());
    SparkPipeline together =
        new SparkPipeline(columns, List.of(new SparkStep.Project(List.copyOf(columns))));
    AppendedColumns appended = partition -> new DrawnColumns(rows, partition);
    return new AppendFunction(appended, together, nothing.metrics()).over(nothing);
  }
}
