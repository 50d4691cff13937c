// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.execution.command.ExplainCommand;
import scala.collection.immutable.Seq;

/** Plans SQL's {@code EXPLAIN} as Spark's own text with more behind it. */
public final class ExplainStrategy extends SparkStrategy {
  private static final long serialVersionUID = 1L;

  /** Shows generated code, which there is none of on the device. */
  private static final String CODEGEN = "codegen";

  private final transient Function<QueryExecution, Optional<String>> section;

  /**
   * Creates a strategy.
   *
   * @param section says what there is to add about a query
   */
  public ExplainStrategy(Function<QueryExecution, Optional<String>> section) {
    this.section = section;
  }

  /** Returns a node for such a command; nothing for all other plans. */
  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    return plan instanceof ExplainCommand command && !command.mode().name().equals(CODEGEN)
        ? ScalaCollections.seq(List.of(new KronosExplainExec(command, section)))
        : ScalaCollections.seq(List.of());
  }
}
