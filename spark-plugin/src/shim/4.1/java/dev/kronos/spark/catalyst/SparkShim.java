// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import org.apache.spark.sql.catalyst.expressions.BinaryExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.TimestampAddInterval;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.joins.BroadcastHashJoinExec;
import scala.Enumeration;
import scala.Option;

/** Holds what differs between Spark versions in the planner: the part for Spark 4.1. */
public final class SparkShim {
  /** The Spark version that this jar is for. */
  public static final String MINOR_VERSION = "4.1";

  private SparkShim() {}

  /** Returns how a sum treats overflow. */
  static Enumeration.Value evalMode(Sum sum) {
    return sum.evalContext().evalMode();
  }

  /** Returns the class of sums of timestamps and intervals of days and times. */
  static Class<? extends BinaryExpression> timestampAddition() {
    return TimestampAddInterval.class;
  }

  /** Makes such a sum. */
  static BinaryExpression addToTimestamp(
      Expression timestamp, Expression interval, Option<String> zone) {
    return new TimestampAddInterval(timestamp, interval, zone);
  }

  /** Makes Spark's join with a broadcast table from the parts of {@code join}. */
  public static SparkPlan broadcastHashJoin(JoinParts join) {
    return new BroadcastHashJoinExec(
        join.leftKeys(),
        join.rightKeys(),
        join.type(),
        join.buildSide(),
        join.condition(),
        join.left(),
        join.right(),
        join.nullAware());
  }
}
