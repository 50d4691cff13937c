// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.ErrorMessageFormat;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.SparkThrowableHelper;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.DescribeColumn;
import org.apache.spark.sql.catalyst.plans.logical.DescribeRelation;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.execution.HiveResult;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.command.DescribeColumnCommand;
import org.apache.spark.sql.execution.command.DescribeCommandBase;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Holds what a statement gave, written as Spark's SQL tests record it.
 *
 * @param schema the result's type; {@code struct<>} for an error
 * @param output the rows, a line each, sorted unless the statement orders them; or the error
 * @param work where the work was done
 */
record SqlOutput(String schema, String output, PlanWork work) {
  private static final String NO_SCHEMA = "struct<>";
  private static final String LEFT_OUT = "[not included in comparison]";

  /** Numbers of expressions and plans, times, names of people, paths. */
  private static final List<Chance> CHANCES =
      List.of(
          new Chance("#\\d+", "#x"),
          new Chance("plan_id=\\d+", "plan_id=x"),
          new Chance("Location.*spark-warehouse/", "Location " + LEFT_OUT + "/{warehouse_dir}/"),
          new Chance("file:[^\\s,]*spark-warehouse", "file:" + LEFT_OUT + "/{warehouse_dir}"),
          new Chance("Created By.*", "Created By " + LEFT_OUT),
          new Chance("Created Time.*", "Created Time " + LEFT_OUT),
          new Chance("Last Access.*", "Last Access " + LEFT_OUT),
          new Chance("Owner\t.*", "Owner\t" + LEFT_OUT),
          new Chance("Partition Statistics\t\\d+", "Partition Statistics\t" + LEFT_OUT),
          new Chance("CTERelation(Def|Ref) \\d+,", "CTERelation$1 xxxx,"),
          new Chance("@\\w*,", "@xxxxxxxx,"),
          new Chance("\\*\\(\\d+\\) ", "*"));

  /** Runs a statement. */
  static SqlOutput of(SparkSession session, String sql) {
    Dataset<Row> query = null;
    try {
      query = session.sql(sql);
      return answer(query);
    } catch (Throwable e) {
      return ofError(e, query);
    }
  }

  /** Returns what stands for the output of a statement that was cancelled. */
  static SqlOutput tooLate(Duration limit) {
    return new SqlOutput(NO_SCHEMA, "no answer within " + limit, PlanWork.NOTHING);
  }

  /** Tells whether this is what Spark recorded. */
  boolean equalsRecorded(RecordedStatement recorded) {
    return schema.equals(recorded.schema())
        && output.equals(withoutChance(recorded.output()).stripTrailing());
  }

  /** Tells whether this is what Spark recorded but for the order of rows. */
  boolean hasRowsOf(RecordedStatement recorded) {
    return schema.equals(recorded.schema())
        && output.lines().sorted().toList().equals(recorded.output().lines().sorted().toList());
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
        PlanWork.of(execution.executedPlan()));
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
    if (plan instanceof DescribeCommandBase
        || plan instanceof DescribeColumnCommand
        || plan instanceof DescribeRelation
        || plan instanceof DescribeColumn) {
      return true;
    }
    return (plan instanceof Sort sort && sort.global())
        || CollectionConverters.asJava(plan.children()).stream().anyMatch(SqlOutput::isOrdered);
  }

  private static SqlOutput ofError(Throwable error, Dataset<Row> query) {
    Throwable cause =
        error instanceof SparkException && !hasCondition(error) && error.getCause() != null
            ? error.getCause()
            : error;
    String message =
        hasCondition(cause)
            ? SparkThrowableHelper.getMessage(cause, ErrorMessageFormat.MINIMAL())
            : cause.getMessage();
    String text = cause.getClass().getName() + "\n" + withoutChance(String.valueOf(message));
    return new SqlOutput(NO_SCHEMA, text.stripTrailing(), workOf(query));
  }

  /** The error may be one of planning: then there is no plan. */
  private static PlanWork workOf(Dataset<Row> query) {
    try {
      return query == null ? PlanWork.NOTHING : PlanWork.of(query.queryExecution().executedPlan());
    } catch (Exception e) {
      return PlanWork.NOTHING;
    }
  }

  private static boolean hasCondition(Throwable error) {
    return error instanceof SparkThrowable known && known.getCondition() != null;
  }

  /** Replaces what differs from run to run and from place to place, as Spark's tests do. */
  static String withoutChance(String text) {
    String fixed = text;
    for (Chance chance : CHANCES) {
      fixed = chance.pattern().matcher(fixed).replaceAll(chance.text());
    }
    return fixed;
  }

  /** Holds what is replaced. */
  private record Chance(Pattern pattern, String text) {
    Chance(String regex, String text) {
      this(Pattern.compile(regex), text);
    }
  }
}
