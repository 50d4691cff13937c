// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkStep;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.Seq;

/** Computes columns of each row, on the device. */
public final class KronosProjectExec extends KronosStepExec {
  private static final long serialVersionUID = 1L;

  private final Seq<NamedExpression> projectList;

  /**
   * Creates a node.
   *
   * @param projectList one expression a column
   * @param child gives the rows
   */
  public KronosProjectExec(Seq<NamedExpression> projectList, SparkPlan child) {
    super(child);
    this.projectList = projectList;
  }

  @Override
  SparkStep step() {
    return new SparkStep.Project(ScalaCollections.list(projectList));
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {projectList, child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    return new ProjectExec(projectList, child());
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new KronosProjectExec(projectList, newChild);
  }
}
