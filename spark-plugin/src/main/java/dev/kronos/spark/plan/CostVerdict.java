// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.cost.CostEstimate;

/**
 * Says where estimates want a part of a plan. All nodes of the part bear the same object.
 * Immutable.
 */
sealed interface CostVerdict {
  /** It computes nothing, so that nothing is estimated: it goes with what is around it. */
  CostVerdict WITH_OTHERS = new Device("");

  /** Decides by estimates. */
  static CostVerdict of(CostEstimate estimate) {
    if (Double.isNaN(estimate.deviceNanos())) {
      return new Unknown("on the GPU, as long as nothing is known of its rows");
    }
    return estimate.isSlowerOnDevice()
        ? new Cpu(
            new SupportLevel.Slower("estimated to be slower on the device: " + estimate),
            "on the CPU: " + estimate)
        : new Device("on the GPU: " + estimate);
  }

  /** Decides about what reads results of the device. */
  static CostVerdict following(CostEstimate estimate) {
    String known = Double.isNaN(estimate.deviceNanos()) ? "" : ": " + estimate;
    return new Device("on the GPU, as what it reads is there" + known);
  }

  /** Returns what was decided, with both estimates; empty where there are none. */
  String told();

  /** To the device. */
  record Device(String told) implements CostVerdict {}

  /** To the device for now. */
  record Unknown(String told) implements CostVerdict {}

  /**
   * To the CPU.
   *
   * @param level what is said of its nodes
   */
  record Cpu(SupportLevel.Slower level, String told) implements CostVerdict {}
}
