// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import dev.kronos.plans.PlanReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ErrorMessageFormat;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.SparkThrowableHelper;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.execution.HiveResult;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Holds what a statement gave, written as Spark's SQL tests record it.
 *
 * @param schema the result's type; {@code struct<>} for an error
 * @param output the rows, a line each, sorted unless the statement orders them; or the error
 * @param onDevice whether a node of the executed plan was one of Kronos's
 */
record SqlOutput(String schema, String output, boolean onDevice) {
  private static final String NO_SCHEMA = "struct<>";

  /** Runs a statement. */
  static SqlOutput of(SparkSession session, String sql) {
    try {
      return answer(session.sql(sql));
    } catch (Throwable e) {
      return ofError(e);
    }
  }

  /** Tells whether this is what Spark recorded. */
  boolean equalsRecorded(RecordedStatement recorded) {
    return schema.equals(recorded.schema())
        && output.equals(withoutChance(recorded.output()).stripTrailing());
  }

  private static SqlOutput answer(Dataset<Row> query) {
    QueryExecution execution = query.queryExecution();
    Seq<String> rows =
        SQLExecution.withNewExecutionId(
            execution, Option.empty(), () -> HiveResult.hiveResultString(execution.executedPlan()));
    List<String> lines = new ArrayList<>();
    CollectionConverters.asJava(rows).forEach(row -> lines.add(withoutChance(row)));
    if (!isOrdered(execution.analyzed())) {
      lines.sort(null);
    }
    return new SqlOutput(
        query.schema().catalogString(),
        String.join("\n", lines).stripTrailing(),
        !PlanReport.kronosNodes(PlanReport.executed(query)).isEmpty());
  }

  /** Follows {@code Sort} nodes down to where rows lose their order, as Spark's tests do. */
  private static boolean isOrdered(LogicalPlan plan) {
    if (plan instanceof Join
        || plan instanceof Aggregate
        || plan instanceof Generate
        || plan instanceof Sample
        || plan instanceof Distinct) {
      return false;
    }
    if (plan.nodeName().startsWith("Describe")) {
      return true;
    }
    return (plan instanceof Sort sort && sort.global())
        || CollectionConverters.asJava(plan.children()).stream().anyMatch(SqlOutput::isOrdered);
  }

  private static SqlOutput ofError(Throwable error) {
    Throwable cause =
        error instanceof SparkException && !hasCondition(error) && error.getCause() != null
            ? error.getCause()
            : error;
    String message =
        hasCondition(cause)
            ? SparkThrowableHelper.getMessage(cause, ErrorMessageFormat.MINIMAL())
            : cause.getMessage();
    String text = cause.getClass().getName() + "\n" + withoutChance(String.valueOf(message));
    return new SqlOutput(NO_SCHEMA, text.stripTrailing(), false);
  }

  private static boolean hasCondition(Throwable error) {
    return error instanceof SparkThrowable known && known.getCondition() != null;
  }

  /** Replaces what differs from run to run: numbers of expressions and of plans. */
  private static String withoutChance(String text) {
    return text.replaceAll("#\\d+", "#x")
        .replaceAll("plan_id=\\d+", "plan_id=x")
        .replaceAll("@\\w*,", "@xxxxxxxx,")
        .replaceAll("\\*\\(\\d+\\) ", "*");
  }
}
