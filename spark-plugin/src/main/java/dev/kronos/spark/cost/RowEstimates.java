// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.cost;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import org.apache.spark.sql.execution.ExpandExec;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.LimitExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.TakeOrderedAndProjectExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Estimates how many rows leave the nodes of a plan: those of stages that ran as they were counted,
 * those of sources by their statistics or the sizes of their files. Filters are taken to pass
 * everything and joins by keys to give as many rows as their larger side, so that too many are
 * guessed rather than too few. Serves one plan; not thread-safe.
 */
public final class RowEstimates {
  /**
   * How many bytes of a Parquet file a byte of {@code StructType.defaultSize} takes: 3.2 GB for
   * 12.6 GB in the four largest tables of TPC-H (0.21 for line items, 0.83 for partsupp).
   */
  private static final double STORED_SHARE = 0.25;

  /** What Spark adds to the sizes of a row's values. */
  private static final double ROW_OVERHEAD_BYTES = 8;

  private final Map<SparkPlan, Double> known = new IdentityHashMap<>();

  /** Creates estimates of no plan yet. */
  public RowEstimates() {}

  /** Returns how many rows leave a node; NaN when nothing is known of a source below it. */
  public double rows(SparkPlan node) {
    Double rows = known.get(node);
    if (rows == null) {
      rows = estimate(node);
      known.put(node, rows);
    }
    return rows;
  }

  /** Returns how many rows a node has to look at: those that reach it, or that it makes. */
  public double work(SparkPlan node) {
    boolean makesThem =
        Operation.of(node) == Operation.PAIRS
            || node instanceof ExpandExec
            || node.children().isEmpty();
    return makesThem ? rows(node) : children(node).stream().mapToDouble(this::rows).sum();
  }

  private double estimate(SparkPlan node) {
    if (node instanceof QueryStageExec stage) {
      return ScalaCollections.<Statistics>optional(stage.computeStats())
          .map(statistics -> rows(statistics, node))
          .orElseGet(() -> rows(stage.plan()));
    }
    if (node instanceof ReusedExchangeExec reused) {
      return rows(reused.child());
    }
    return node.children().isEmpty() ? source(node) : inner(node);
  }

  private double inner(SparkPlan node) {
    double[] of = children(node).stream().mapToDouble(this::rows).toArray();
    if (node instanceof BaseAggregateExec aggregate && aggregate.groupingExpressions().isEmpty()) {
      return 1;
    }
    if (node instanceof LimitExec limit) {
      return first(limit.limit(), of[0]);
    }
    if (node instanceof TakeOrderedAndProjectExec top) {
      return first(top.limit(), of[0]);
    }
    if (node instanceof ExpandExec expand) {
      return of[0] * expand.projections().size();
    }
    return switch (Operation.of(node)) {
      case JOIN -> Math.max(of[0], of[1]);
      case PAIRS -> of[0] * of[1];
      default -> Arrays.stream(of).sum();
    };
  }

  private static double first(int limit, double rows) {
    return limit >= 0 && (Double.isNaN(rows) || limit < rows) ? limit : rows;
  }

  private static double source(SparkPlan leaf) {
    Optional<Statistics> statistics =
        ScalaCollections.<LogicalPlan>optional(leaf.logicalLink()).flatMap(RowEstimates::ofSource);
    if (leaf instanceof FileSourceScanExec scan) {
      double bytes = scan.relation().sizeInBytes();
      double rowBytes = scan.relation().dataSchema().defaultSize() * STORED_SHARE;
      return statistics
          .filter(s -> s.rowCount().isDefined())
          .map(s -> rows(s, leaf))
          .orElseGet(() -> isGuess(bytes) ? Double.NaN : bytes / Math.max(1, rowBytes));
    }
    return statistics.map(s -> rows(s, leaf)).orElse(Double.NaN);
  }

  /** A leaf may bear the name of what was planned together with it: filters, projections. */
  private static Optional<Statistics> ofSource(LogicalPlan plan) {
    List<LogicalPlan> leaves = ScalaCollections.list(plan.collectLeaves());
    try {
      return leaves.size() == 1 ? Optional.of(leaves.get(0).stats()) : Optional.empty();
    } catch (UnsupportedOperationException e) {
      // What Spark's leaves do that have no statistics.
      return Optional.empty();
    }
  }

  private static double rows(Statistics statistics, SparkPlan node) {
    double bytes = statistics.sizeInBytes().toDouble();
    return ScalaCollections.optional(statistics.rowCount())
        .map(count -> count.toDouble())
        .orElseGet(() -> isGuess(bytes) ? Double.NaN : bytes / rowBytes(node));
  }

  private static double rowBytes(SparkPlan node) {
    return ROW_OVERHEAD_BYTES + node.schema().defaultSize();
  }

  /** Spark gives sources of which it knows nothing a size that no broadcast would take. */
  private static boolean isGuess(double bytes) {
    return bytes >= SQLConf.get().defaultSizeInBytes();
  }

  private static List<SparkPlan> children(SparkPlan node) {
    return ScalaCollections.list(node.children());
  }
}
