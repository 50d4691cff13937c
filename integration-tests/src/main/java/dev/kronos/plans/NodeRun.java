// SPDX-License-Identifier: Apache-2.0
package dev.kronos.plans;

import java.util.Map;

/**
 * Records what one plan node counted.
 *
 * @param name the node's name
 * @param metrics its metrics by name, in Spark's units: times of Kronos in nanoseconds
 */
public record NodeRun(String name, Map<String, Long> metrics) {
  /** Copies the map. */
  public NodeRun {
    metrics = Map.copyOf(metrics);
  }

  /** Returns a metric, or 0 where the node has none of that name. */
  public long metric(String metric) {
    return metrics.getOrDefault(metric, 0L);
  }
}
