// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import org.apache.spark.sql.catalyst.trees.TreeNodeTag;
import org.apache.spark.sql.execution.SparkPlan;

/** Says where a node's output goes. */
enum Consumer {
  HOST,
  DEVICE;

  /**
   * Marks exchanges whose consumer runs on the device. Adaptive execution plans the stage below an
   * exchange without what is above it; the mark is from when the whole plan was looked at.
   */
  private static final TreeNodeTag<Boolean> READ_ON_DEVICE =
      new TreeNodeTag<>("kronos.exchange.read.on.device");

  /** Returns where an exchange's output goes, now or when the whole plan was looked at. */
  Consumer orAsMarked(SparkPlan exchange) {
    if (this == DEVICE) {
      exchange.setTagValue(READ_ON_DEVICE, true);
    }
    return exchange.getTagValue(READ_ON_DEVICE).isDefined() ? DEVICE : HOST;
  }
}
