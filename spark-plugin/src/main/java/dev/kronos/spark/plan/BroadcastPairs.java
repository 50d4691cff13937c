// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.exec.KronosBroadcastExchangeExec;
import org.apache.spark.sql.catalyst.trees.TreeNodeTag;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.BroadcastQueryStageExec;
import org.apache.spark.sql.execution.exchange.BroadcastExchangeExec;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;

/**
 * Keeps joins and the broadcasts that they read in one engine: a broadcast of columns means nothing
 * to Spark's joins, nor one of rows to the device's.
 *
 * <p>Adaptive execution plans a broadcast before the join that reads it. So the look at the whole
 * plan marks the broadcast of every join that will run on the device, and the mark, which nodes
 * keep when Spark copies them, says later what the broadcast is to be.
 */
final class BroadcastPairs {
  private static final TreeNodeTag<Boolean> CLAIMED = new TreeNodeTag<>("kronos.claimed");

  private BroadcastPairs() {}

  /** Marks a broadcast as that of a join on the device; leaves all other nodes alone. */
  static void claim(SparkPlan side) {
    if (isSparks(side)) {
      side.setTagValue(CLAIMED, true);
    }
  }

  /** Tells whether a broadcast was marked. */
  static boolean isClaimed(SparkPlan broadcast) {
    return broadcast.getTagValue(CLAIMED).isDefined();
  }

  /** Tells whether a join on the device can read this side: it is made for it, or not made yet. */
  static boolean isReadable(SparkPlan side) {
    return isSparks(side) || isMadeForDevice(side);
  }

  /**
   * Tells whether a plan reads a broadcast that was made for the device, and so has to run there.
   */
  static boolean occursIn(SparkPlan plan) {
    return isMadeForDevice(plan)
        || ScalaCollections.<SparkPlan>list(plan.children()).stream()
            .anyMatch(BroadcastPairs::occursIn);
  }

  private static boolean isSparks(SparkPlan side) {
    return side.getClass() == BroadcastExchangeExec.class;
  }

  private static boolean isMadeForDevice(SparkPlan side) {
    return exchangeOf(side) instanceof KronosBroadcastExchangeExec;
  }

  /** Returns the exchange behind the wrappers of adaptive execution and of reuse. */
  static SparkPlan exchangeOf(SparkPlan side) {
    if (side instanceof BroadcastQueryStageExec stage) {
      return exchangeOf(stage.plan());
    }
    return side instanceof ReusedExchangeExec reused ? exchangeOf(reused.child()) : side;
  }
}
