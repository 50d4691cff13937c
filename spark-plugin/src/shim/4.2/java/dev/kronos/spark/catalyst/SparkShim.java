// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
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
}
