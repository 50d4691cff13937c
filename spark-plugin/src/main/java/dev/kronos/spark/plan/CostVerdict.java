// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.cost.CostEstimate;

/** Says where estimates want a part of a plan. Immutable. */
sealed interface CostVerdict {
  /** It is faster on the device, or has to follow others there. */
  CostVerdict DEVICE = new Device();

  /** Nothing is known of its size: it goes to the device unless more is known later. */
  CostVerdict UNKNOWN = new Unknown();

  /** Decides by estimates. */
  static CostVerdict of(CostEstimate estimate) {
    if (Double.isNaN(estimate.deviceNanos())) {
      return UNKNOWN;
    }
    return estimate.isSlowerOnDevice()
        ? new Cpu(new SupportLevel.Slower("estimated to be slower on the device: " + estimate))
        : DEVICE;
  }

  /** To the device. */
  record Device() implements CostVerdict {}

  /** To the device for now. */
  record Unknown() implements CostVerdict {}

  /**
   * To the CPU.
   *
   * @param level what is said of its nodes
   */
  record Cpu(SupportLevel.Slower level) implements CostVerdict {}
}
