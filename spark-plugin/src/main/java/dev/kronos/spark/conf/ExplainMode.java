// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.conf;

/** Says which nodes of a query's plan are written to the log. */
public enum ExplainMode {
  /** Nothing is written. */
  NONE,
  /** Only what stays on the CPU, with its reason. */
  NOT_ON_GPU,
  /** Every node. */
  ALL
}
