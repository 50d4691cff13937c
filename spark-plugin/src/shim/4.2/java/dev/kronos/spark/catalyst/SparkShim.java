// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.joins.BroadcastHashJoinExec;
import scala.Enumeration;

/** Holds what differs between Spark versions in the planner: the part for Spark 4.2. */
public final class SparkShim {
  /** The Spark version that this jar is for. */
  public static final String MINOR_VERSION = "4.2";

  private SparkShim() {}

  /** Returns how a sum treats overflow. */
  static Enumeration.Value evalMode(Sum sum) {
    return sum.evalContext().evalMode();
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
        join.nullAware(),
        false);
  }
}
