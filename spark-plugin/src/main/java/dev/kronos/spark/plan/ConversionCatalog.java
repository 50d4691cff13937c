// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.KronosExec;
import dev.kronos.spark.catalyst.Restriction;
import dev.kronos.spark.columnar.KronosParquetFormat;
import dev.kronos.spark.columnar.KronosRangeExec;
import dev.kronos.spark.columnar.ParquetScan;
import dev.kronos.spark.exec.KronosBroadcastExchangeExec;
import dev.kronos.spark.exec.KronosBroadcastHashJoinExec;
import dev.kronos.spark.exec.KronosCoalesceExec;
import dev.kronos.spark.exec.KronosDrawExec;
import dev.kronos.spark.exec.KronosExpandExec;
import dev.kronos.spark.exec.KronosHashAggregateExec;
import dev.kronos.spark.exec.KronosLimitExec;
import dev.kronos.spark.exec.KronosNestedLoopJoinExec;
import dev.kronos.spark.exec.KronosSampleExec;
import dev.kronos.spark.exec.KronosShuffleExchangeExec;
import dev.kronos.spark.exec.KronosShuffledHashJoinExec;
import dev.kronos.spark.exec.KronosSortExec;
import dev.kronos.spark.exec.KronosWindowExec;
import dev.kronos.spark.exec.KronosWindowGroupLimitExec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.execution.CoalesceExec;
import org.apache.spark.sql.execution.ExpandExec;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.GlobalLimitExec;
import org.apache.spark.sql.execution.LocalLimitExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SampleExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.TakeOrderedAndProjectExec;
import org.apache.spark.sql.execution.UnionExec;
import org.apache.spark.sql.execution.aggregate.HashAggregateExec;
import org.apache.spark.sql.execution.aggregate.ObjectHashAggregateExec;
import org.apache.spark.sql.execution.aggregate.SortAggregateExec;
import org.apache.spark.sql.execution.exchange.BroadcastExchangeExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.execution.joins.BroadcastHashJoinExec;
import org.apache.spark.sql.execution.joins.BroadcastNestedLoopJoinExec;
import org.apache.spark.sql.execution.joins.CartesianProductExec;
import org.apache.spark.sql.execution.joins.ShuffledHashJoinExec;
import org.apache.spark.sql.execution.joins.SortMergeJoinExec;
import org.apache.spark.sql.execution.window.WindowExec;
import org.apache.spark.sql.execution.window.WindowGroupLimitExec;

/** Lists the plan nodes of Spark's that run on the device. */
public final class ConversionCatalog {
  private static final Restriction UNLISTED =
      new Restriction(
          "this kind of node is not supported",
          "joins that are not listed, scans of connectors and the like");

  private static final List<NodeRule<?>> RULES =
      List.of(
          new NodeRule<>(
              FileSourceScanExec.class,
              "Spark's vectorised reader writes into memory that the device reads",
              ParquetScan.RESTRICTIONS,
              ConversionCatalog::scan,
              ParquetScan::replace),
          new NodeRule<>(
              RangeExec.class,
              "made in memory that the device reads, for a node there",
              List.of(),
              ConversionCatalog::range,
              KronosRangeExec::of),
          new NodeRule<>(
              FilterExec.class,
              "fused with the nodes around it",
              SupportChecks.OF_STEPS,
              SupportChecks::filter,
              KronosDrawExec::filter),
          new NodeRule<>(
              ProjectExec.class,
              "fused with the nodes around it",
              SupportChecks.OF_STEPS,
              SupportChecks::project,
              KronosDrawExec::project),
          new NodeRule<>(
              HashAggregateExec.class,
              "each mode by itself: partial, partial merge, final, complete",
              SupportChecks.OF_AGGREGATIONS,
              SupportChecks::aggregate,
              KronosHashAggregateExec::of),
          new NodeRule<>(
              SortAggregateExec.class,
              "by hashing; the sort that serves it alone is left out",
              SupportChecks.OF_AGGREGATIONS,
              SupportChecks::aggregate,
              KronosHashAggregateExec::of),
          new NodeRule<>(
              ObjectHashAggregateExec.class,
              "for the Bloom filters that keep rows out of joins, and what is computed with them",
              SupportChecks.OF_OBJECTS,
              SupportChecks::objects,
              KronosHashAggregateExec::of),
          new NodeRule<>(
              BroadcastHashJoinExec.class,
              "the probe side is fused with the nodes below it; one table an executor",
              JoinChecks.OF_BROADCAST_JOINS,
              JoinChecks::broadcastHashJoin,
              p ->
                  JoinChecks.join(
                      KronosBroadcastHashJoinExec.parts(p), KronosBroadcastHashJoinExec::of)),
          new NodeRule<>(
              BroadcastNestedLoopJoinExec.class,
              "every pair of rows is looked at; one table an executor",
              JoinChecks.OF_BROADCAST_JOINS,
              JoinChecks::nestedLoopJoin,
              p -> KronosNestedLoopJoinExec.of(KronosNestedLoopJoinExec.parts(p))),
          new NodeRule<>(
              CartesianProductExec.class,
              "every pair of rows is looked at; the smaller side is sent to every executor",
              JoinChecks.OF_PRODUCTS,
              JoinChecks::product,
              p -> KronosNestedLoopJoinExec.ofProduct(p, JoinChecks.productSide(p))),
          new NodeRule<>(
              ShuffledHashJoinExec.class,
              "the probe side is fused with the nodes below it; one table a task",
              JoinChecks.OF_JOINS,
              JoinChecks::shuffledHashJoin,
              p ->
                  JoinChecks.join(
                      KronosShuffledHashJoinExec.parts(p),
                      parts -> KronosShuffledHashJoinExec.of(parts, p.isSkewJoin()))),
          new NodeRule<>(
              SortMergeJoinExec.class,
              "by hashing; the sorts that serve it alone are left out",
              JoinChecks.OF_JOINS,
              JoinChecks::sortMergeJoin,
              p ->
                  JoinChecks.join(
                      JoinChecks.hashed(p),
                      parts -> KronosShuffledHashJoinExec.of(parts, p.isSkewJoin()))),
          new NodeRule<>(
              BroadcastExchangeExec.class,
              "sends columns, for the joins on the device that read it",
              List.of(),
              JoinChecks::broadcast,
              p -> new KronosBroadcastExchangeExec(p.mode(), p.child())),
          new NodeRule<>(
              ShuffleExchangeExec.class,
              "rows are told to partitions by Spark's hash, by range or in turn and travel in"
                  + " columns, through Spark's shuffle; between nodes of which one is on the"
                  + " device",
              SupportChecks.OF_EXCHANGES,
              SupportChecks::exchange,
              KronosShuffleExchangeExec::of),
          new NodeRule<>(
              SortExec.class,
              "each partition by itself, all its rows at once",
              RowOrderRules.RESTRICTIONS,
              RowOrderRules::sort,
              KronosSortExec::of),
          new NodeRule<>(
              TakeOrderedAndProjectExec.class,
              "the first rows of each partition, then of all of them in one",
              RowOrderRules.RESTRICTIONS,
              RowOrderRules::takeOrdered,
              RowOrderRules::topRows),
          new NodeRule<>(
              LocalLimitExec.class,
              "passes batches on and cuts the last",
              PassingRules.RESTRICTIONS,
              PassingRules::level,
              KronosLimitExec::of),
          new NodeRule<>(
              GlobalLimitExec.class,
              "passes batches on and cuts the first and the last",
              PassingRules.RESTRICTIONS,
              PassingRules::level,
              KronosLimitExec::of),
          new NodeRule<>(
              UnionExec.class,
              "Spark's own node, which passes batches on",
              PassingRules.RESTRICTIONS,
              PassingRules::level,
              PassingRules::union),
          new NodeRule<>(
              CoalesceExec.class,
              "passes batches on",
              PassingRules.RESTRICTIONS,
              PassingRules::level,
              p -> new KronosCoalesceExec(p.numPartitions(), p.child())),
          new NodeRule<>(
              SampleExec.class,
              "chosen by Spark's generator of random numbers, in the order in which rows come",
              SupportChecks.OF_SAMPLES,
              SupportChecks::sample,
              KronosSampleExec::of),
          new NodeRule<>(
              ExpandExec.class,
              "one projection after the other, fused with the nodes below",
              SupportChecks.OF_PIPELINES,
              SupportChecks::expand,
              KronosExpandExec::of),
          new NodeRule<>(
              WindowExec.class,
              "whole partitions at once, found in the sorted rows",
              WindowRules.RESTRICTIONS,
              WindowRules::window,
              KronosWindowExec::of),
          new NodeRule<>(
              WindowGroupLimitExec.class,
              "batch by batch, before an exchange and behind it",
              WindowRules.OF_LIMITS,
              WindowRules::groupLimit,
              KronosWindowGroupLimitExec::of));

  private static final Map<Class<?>, NodeRule<?>> BY_CLASS =
      RULES.stream().collect(Collectors.toUnmodifiableMap(NodeRule::sparkClass, rule -> rule));

  private ConversionCatalog() {}

  /**
   * Shows one line of the catalogue to the documentation.
   *
   * @param node the name of Spark's node; empty for every node that no other line names
   * @param does what runs in its place, in words; empty when nothing does
   * @param restrictions when the node stays on the CPU
   */
  public record Line(String node, String does, List<Restriction> restrictions) {}

  /** Returns all lines, the one for nodes that are not listed last. */
  public static List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    RULES.forEach(
        r -> lines.add(new Line(NodeRule.name(r.sparkClass()), r.does(), r.restrictions())));
    lines.add(new Line("", "", List.of(UNLISTED)));
    return lines;
  }

  /** Returns the nodes that have no place on the device, by name, each with what it is. */
  public static Map<String, String> exemptions() {
    return Exemptions.lines();
  }

  /** Returns whether a node is supported, whatever surrounds it. */
  public static SupportLevel level(SparkPlan plan) {
    if (isConverted(plan)) {
      return new SupportLevel.Compatible();
    }
    return rule(plan)
        .map(rule -> rule.level(plan))
        .or(() -> Exemptions.of(plan))
        .orElseGet(() -> new SupportLevel.Unsupported(UNLISTED.reason()));
  }

  /** Tells whether a node is one of Kronos's. */
  static boolean isConverted(SparkPlan plan) {
    return isOwn(plan)
        || PassingRules.isPassing(plan)
        || (plan instanceof FileSourceScanExec scan
            && scan.relation().fileFormat() instanceof KronosParquetFormat);
  }

  /** Tells whether a node takes columns in from its children as Kronos lays them out. */
  static boolean isOwn(SparkPlan plan) {
    return plan instanceof KronosExec
        || plan instanceof KronosBroadcastExchangeExec
        || plan instanceof KronosShuffleExchangeExec;
  }

  static Optional<NodeRule<?>> rule(SparkPlan plan) {
    return Optional.ofNullable(BY_CLASS.get(plan.getClass()));
  }

  private static SupportLevel range(RangeExec range) {
    return KronosRangeExec.isSparks(range)
        ? new SupportLevel.Exempt("source of rows, whose numbers lie far apart")
        : new SupportLevel.Compatible();
  }

  private static SupportLevel scan(FileSourceScanExec scan) {
    return ParquetScan.unsupportedReason(scan)
        .<SupportLevel>map(SupportLevel.Unsupported::new)
        .orElseGet(SupportLevel.Compatible::new);
  }
}
