// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.cost.CostEstimate;
import dev.kronos.spark.cost.Operation;
import dev.kronos.spark.cost.RowEstimates;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AQEShuffleReadExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.exchange.Exchange;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;
import org.apache.spark.sql.execution.joins.SortMergeJoinExec;

/**
 * Is a part of a plan whose nodes could all run on the device and give each other columns. It goes
 * there as a whole or not at all: a smaller part would need more transitions.
 */
final class CostGroup {
  private final RowEstimates rows;
  private final List<SparkPlan> nodes = new ArrayList<>();
  private CostEstimate estimate = CostEstimate.NOTHING;
  private boolean computes;
  private boolean readsDevice;

  CostGroup(RowEstimates rows) {
    this.rows = rows;
  }

  /** Returns the nodes, parents before children. */
  List<SparkPlan> nodes() {
    return nodes;
  }

  /**
   * Takes in a node.
   *
   * @param parent the node of this group above it, or null
   */
  void add(SparkPlan node, SparkPlan parent) {
    Operation operation = servesMerging(node, parent) ? Operation.PASS : Operation.of(node);
    double work = rows.work(node);
    // What reaches another operator's kernels without an exchange becomes a part of them.
    boolean fused = operation == Operation.STEP && parent != null && takesIn(parent);
    nodes.add(node);
    estimate = estimate.plus(fused ? operation.fused(work) : operation.alone(work));
    computes |= !PlanConversion.computesNothing(node);
  }

  /** Takes note of a node below that is not of this group. */
  void addSource(SparkPlan node) {
    if (isOnDevice(node)) {
      readsDevice = true;
    } else {
      estimate = estimate.plus(Operation.TRANSITION.fused(rows.rows(node)));
    }
  }

  /**
   * Decides. What reads results of the device follows them: Spark's joins could not read a
   * broadcast of columns.
   */
  CostVerdict verdict() {
    if (!computes) {
      return CostVerdict.WITH_OTHERS;
    }
    return readsDevice ? CostVerdict.following(estimate) : CostVerdict.of(estimate);
  }

  /** Such a sort is a part of what a join costs the CPU, and is left out on the device. */
  private static boolean servesMerging(SparkPlan node, SparkPlan parent) {
    return parent instanceof SortMergeJoinExec && node instanceof SortExec;
  }

  private static boolean takesIn(SparkPlan parent) {
    return !(parent instanceof Exchange) && !PassingRules.passesOn(parent);
  }

  private static boolean isOnDevice(SparkPlan node) {
    if (node instanceof QueryStageExec stage) {
      return isOnDevice(stage.plan());
    }
    if (node instanceof ReusedExchangeExec reused) {
      return isOnDevice(reused.child());
    }
    if (node instanceof AQEShuffleReadExec read) {
      return isOnDevice(read.child());
    }
    return ConversionCatalog.isConverted(node);
  }
}
