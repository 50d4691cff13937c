// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.plans.NodeRun;
import java.io.PrintWriter;
import java.util.List;

/**
 * Prints what each node counted: rows, batches, device time, bytes each way, dispatches, barriers.
 */
final class NodeTable {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String HEAD = "  %-22s %12s %8s %10s %10s %10s %10s %8s%n";
  private static final String ROW = "  %-22s %,12d %,8d %10.2f %10.2f %10.2f %,10d %,8d%n";

  private NodeTable() {}

  static void print(PrintWriter out, List<NodeRun> nodes) {
    out.printf(
        HEAD, "node", "rows", "batches", "device ms", "MB up", "MB down", "dispatches", "barriers");
    for (NodeRun node : nodes) {
      out.printf(
          ROW,
          node.name(),
          node.metric("numOutputRows"),
          node.metric("numOutputBatches"),
          node.metric("deviceTime") / NANOS_PER_MILLI,
          node.metric("bytesToDevice") / 1e6,
          node.metric("bytesFromDevice") / 1e6,
          node.metric("dispatches"),
          node.metric("barriers"));
    }
  }
}
