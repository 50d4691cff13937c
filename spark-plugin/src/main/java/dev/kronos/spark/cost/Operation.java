// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.cost;

import java.util.Map;
import org.apache.spark.sql.execution.CoalesceExec;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.GlobalLimitExec;
import org.apache.spark.sql.execution.LocalLimitExec;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.TakeOrderedAndProjectExec;
import org.apache.spark.sql.execution.UnionExec;
import org.apache.spark.sql.execution.aggregate.HashAggregateExec;
import org.apache.spark.sql.execution.exchange.BroadcastExchangeExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.execution.joins.BroadcastHashJoinExec;
import org.apache.spark.sql.execution.joins.BroadcastNestedLoopJoinExec;
import org.apache.spark.sql.execution.joins.CartesianProductExec;
import org.apache.spark.sql.execution.joins.ShuffledHashJoinExec;
import org.apache.spark.sql.execution.joins.SortMergeJoinExec;
import org.apache.spark.sql.execution.window.WindowExec;
import org.apache.spark.sql.execution.window.WindowGroupLimitExec;

/**
 * Says what one row costs an operation on the CPU and with the device, in nanoseconds of a task's
 * time, and how many dispatches a batch takes.
 *
 * <p>The figures per row are a fit, by non-negative least squares of relative errors, of the task
 * time of 21 TPC-H queries at scale factor 10 on an H100 with 16 cores to the rows that reached
 * each kind of operation (benchmarks/results/nvidia-h100/tpch-sf10.json). It is off by 24 % (CPU)
 * and 25 % (device), root mean square. Dispatches are counts of those runs.
 */
public enum Operation {
  /**
   * Reads files; the processor decodes them for either side. Figures of Q6's time of scans. A range
   * of numbers is made by the processor too.
   */
  SCAN(25, 28, 0),
  /** Filters or projects, and whatever is not listed. */
  STEP(86, 38, 6),
  /** Groups and aggregates. */
  AGGREGATE(884, 34, 7),
  /** Joins by keys; rows of both sides. */
  JOIN(201, 28, 12),
  /** Looks at pairs of rows. No query measured has many: taken for steps on that many rows. */
  PAIRS(86, 38, 12),
  /** Sends rows to other tasks. */
  EXCHANGE(765, 39, 8),
  /** Sorts. No query measured sorts many rows: taken for an exchange, which moves all rows too. */
  SORT(765, 39, 33),
  /** Computes windows of sorted rows. No query measured has any: taken for a sort. */
  WINDOW(765, 39, 33),
  /** Passes rows on. */
  PASS(0, 0, 0),
  /** Lays rows out in columns for the device. Taken for an exchange, which does so as well. */
  TRANSITION(0, 39, 0);

  private static final Map<Class<?>, Operation> OF_NODES =
      Map.ofEntries(
          Map.entry(FileSourceScanExec.class, SCAN),
          Map.entry(RangeExec.class, SCAN),
          Map.entry(HashAggregateExec.class, AGGREGATE),
          Map.entry(BroadcastHashJoinExec.class, JOIN),
          Map.entry(ShuffledHashJoinExec.class, JOIN),
          Map.entry(SortMergeJoinExec.class, JOIN),
          Map.entry(BroadcastNestedLoopJoinExec.class, PAIRS),
          Map.entry(CartesianProductExec.class, PAIRS),
          Map.entry(ShuffleExchangeExec.class, EXCHANGE),
          Map.entry(BroadcastExchangeExec.class, EXCHANGE),
          Map.entry(SortExec.class, SORT),
          Map.entry(TakeOrderedAndProjectExec.class, SORT),
          Map.entry(WindowExec.class, WINDOW),
          Map.entry(WindowGroupLimitExec.class, WINDOW),
          Map.entry(LocalLimitExec.class, PASS),
          Map.entry(GlobalLimitExec.class, PASS),
          Map.entry(UnionExec.class, PASS),
          Map.entry(CoalesceExec.class, PASS));

  /**
   * What a dispatch adds to a task with all that surrounds it: recording, submitting, waiting for a
   * device that 16 tasks share. From the same fit.
   */
  private static final double DISPATCH_NANOS = 1.24e6;

  /**
   * What the kernels of a node add once. First runs of the 22 queries took 8 s longer than later
   * ones where their kernels were kept on disk (docs/tuning.md), and had 286 nodes with kernels. A
   * kernel that was never compiled before adds 85 ms instead.
   */
  private static final double KERNEL_NANOS = 28e6;

  private static final double BATCH_ROWS = 1 << 20;

  private final double cpuNanosPerRow;
  private final double deviceNanosPerRow;
  private final int dispatches;

  Operation(double cpuNanosPerRow, double deviceNanosPerRow, int dispatches) {
    this.cpuNanosPerRow = cpuNanosPerRow;
    this.deviceNanosPerRow = deviceNanosPerRow;
    this.dispatches = dispatches;
  }

  /** Returns what a node of Spark's does. */
  public static Operation of(SparkPlan node) {
    return OF_NODES.getOrDefault(node.getClass(), STEP);
  }

  /**
   * Returns what this costs as a part of another node's kernels.
   *
   * @param rows rows that reach it, 0 or more; NaN when unknown
   */
  public CostEstimate fused(double rows) {
    return new CostEstimate(rows * cpuNanosPerRow, rows * deviceNanosPerRow);
  }

  /**
   * Returns what this costs with kernels of its own.
   *
   * @param rows rows that reach it, 0 or more; NaN when unknown
   */
  public CostEstimate alone(double rows) {
    // Parts of a batch, so that one row more never decides by what a whole batch costs.
    double batches = Math.max(1, rows / BATCH_ROWS);
    double launches = dispatches == 0 ? 0 : KERNEL_NANOS + batches * dispatches * DISPATCH_NANOS;
    return fused(rows).plus(new CostEstimate(0, launches));
  }
}
