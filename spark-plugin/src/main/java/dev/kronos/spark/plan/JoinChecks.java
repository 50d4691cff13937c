// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.join.JoinType;
import dev.kronos.spark.catalyst.JoinParts;
import dev.kronos.spark.catalyst.JoinShape;
import dev.kronos.spark.catalyst.JoinTranslator;
import dev.kronos.spark.catalyst.Restriction;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.Translation;
import dev.kronos.spark.exec.KronosBroadcastHashJoinExec;
import dev.kronos.spark.exec.KronosFilterExec;
import dev.kronos.spark.exec.KronosNestedLoopJoinExec;
import dev.kronos.spark.exec.KronosShuffledHashJoinExec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.optimizer.BuildLeft$;
import org.apache.spark.sql.catalyst.optimizer.BuildRight$;
import org.apache.spark.sql.catalyst.optimizer.BuildSide;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AQEShuffleReadExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.exchange.BroadcastExchangeExec;
import org.apache.spark.sql.execution.joins.BroadcastHashJoinExec;
import org.apache.spark.sql.execution.joins.BroadcastNestedLoopJoinExec;
import org.apache.spark.sql.execution.joins.CartesianProductExec;
import org.apache.spark.sql.execution.joins.ShuffledHashJoinExec;
import org.apache.spark.sql.execution.joins.SortMergeJoinExec;

/** Tells whether Spark's joins can run on the device, by translating them. */
final class JoinChecks {
  private static final Restriction TYPE =
      new Restriction("join type is not supported", "the single join of some scalar subqueries");
  private static final Restriction ROWS =
      new Restriction(
          "broadcast is one of rows", "adaptive execution made it for another reader before");
  private static final Restriction WHOLE_PROBE_SIDE =
      new Restriction(
          "broadcast join gives rows of the table without a match",
          "no executor sees all rows that they might match");

  private static final Restriction LARGE_SIDES =
      new Restriction(
          "both sides of the product are large",
          "the smaller one has to be sent to every executor");

  /** What the smaller side of a product may take, as it passes through the driver's heap. */
  private static final double MOST_SENT_BYTES = 1 << 27;

  /** What keeps a join on the CPU. */
  static final List<Restriction> OF_JOINS =
      SupportChecks.pipelines(
          Stream.concat(Stream.of(TYPE), JoinTranslator.RESTRICTIONS.stream()).toList(),
          HashJoin.limits());

  /** What keeps a join with a broadcast table on the CPU. */
  static final List<Restriction> OF_BROADCAST_JOINS =
      Stream.concat(OF_JOINS.stream(), Stream.of(ROWS, WHOLE_PROBE_SIDE)).toList();

  /** What keeps a Cartesian product on the CPU. */
  static final List<Restriction> OF_PRODUCTS =
      Stream.concat(OF_JOINS.stream(), Stream.of(LARGE_SIDES)).toList();

  private JoinChecks() {}

  static SupportLevel broadcast(BroadcastExchangeExec plan) {
    return BroadcastPairs.isClaimed(plan)
        ? new SupportLevel.Compatible()
        : new SupportLevel.Exempt("exchange of Spark's");
  }

  static SupportLevel broadcastHashJoin(BroadcastHashJoinExec plan) {
    JoinParts parts = KronosBroadcastHashJoinExec.parts(plan);
    return filtered(broadcastJoin(parts.unfiltered(), plan), parts, plan);
  }

  /** Makes a join by equal keys of its parts, and a filter of what it cannot decide itself. */
  static SparkPlan join(JoinParts parts, Function<JoinParts, SparkPlan> join) {
    SparkPlan pairs = join.apply(parts.unfiltered());
    return parts
        .filter()
        .<SparkPlan>map(condition -> new KronosFilterExec(condition, pairs))
        .orElse(pairs);
  }

  private static SupportLevel filtered(SupportLevel level, JoinParts parts, SparkPlan join) {
    return level.fallsBack() || parts.filter().isEmpty()
        ? level
        : SupportChecks.filter(new FilterExec(parts.filter().get(), join));
  }

  static SupportLevel nestedLoopJoin(BroadcastNestedLoopJoinExec plan) {
    return broadcastJoin(KronosNestedLoopJoinExec.parts(plan), plan);
  }

  /** Tells whether a join is refused only because its broadcast was made for Spark's joins. */
  static boolean isForRows(SupportLevel level) {
    return level.reason().equals(ROWS.reason());
  }

  static SupportLevel product(CartesianProductExec plan) {
    if (Math.min(sizeBytes(plan.left()), sizeBytes(plan.right())) > MOST_SENT_BYTES) {
      return new SupportLevel.Unsupported(LARGE_SIDES.reason());
    }
    return join(KronosNestedLoopJoinExec.parts(plan, productSide(plan)), plan);
  }

  /** Returns the side of a product that is sent: the smaller one. */
  static BuildSide productSide(CartesianProductExec plan) {
    return sizeBytes(plan.left()) < sizeBytes(plan.right())
        ? BuildLeft$.MODULE$
        : BuildRight$.MODULE$;
  }

  static SupportLevel shuffledHashJoin(ShuffledHashJoinExec plan) {
    return shuffledJoin(KronosShuffledHashJoinExec.parts(plan), plan);
  }

  static SupportLevel sortMergeJoin(SortMergeJoinExec plan) {
    return shuffledJoin(hashed(plan), plan);
  }

  private static SupportLevel shuffledJoin(JoinParts parts, SparkPlan plan) {
    return filtered(join(parts.unfiltered(), plan), parts, plan);
  }

  /** Returns the parts of a join by merging, with the build side that is likely the smaller one. */
  static JoinParts hashed(SortMergeJoinExec plan) {
    JoinParts right = KronosShuffledHashJoinExec.parts(plan, BuildRight$.MODULE$);
    boolean left =
        JoinShape.type(plan.joinType())
            .map(type -> buildsLeft(type, plan.left(), plan.right()))
            .orElse(false);
    return left ? KronosShuffledHashJoinExec.parts(plan, BuildLeft$.MODULE$) : right;
  }

  /** Prefers the side of which no row comes out without a match; else the smaller one. */
  private static boolean buildsLeft(JoinType type, SparkPlan left, SparkPlan right) {
    return switch (type) {
      case RIGHT_OUTER -> true;
      case INNER, FULL_OUTER -> sizeBytes(left) < sizeBytes(right);
      case LEFT_OUTER, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI, EXISTENCE -> false;
    };
  }

  /** Returns what is known of a side's size: measured, or else as Spark's optimiser guesses. */
  private static double sizeBytes(SparkPlan side) {
    if (side instanceof QueryStageExec stage) {
      return stage.getRuntimeStatistics().sizeInBytes().toDouble();
    }
    if (side instanceof AQEShuffleReadExec || side instanceof SortExec) {
      return sizeBytes(side.children().head());
    }
    return ScalaCollections.<LogicalPlan>optional(side.logicalLink())
        .map(plan -> plan.stats().sizeInBytes().toDouble())
        .orElse(Double.MAX_VALUE);
  }

  private static SupportLevel broadcastJoin(JoinParts parts, SparkPlan join) {
    if (shape(parts, join).filter(JoinShape::dependsOnWholeProbeSide).isPresent()) {
      return new SupportLevel.Unsupported(WHOLE_PROBE_SIDE.reason());
    }
    SupportLevel level = join(parts, join);
    // Last: the broadcast is one of rows wherever something else kept the join on the CPU.
    return level.fallsBack() || BroadcastPairs.isReadable(parts.buildPlan())
        ? level
        : new SupportLevel.Unsupported(ROWS.reason());
  }

  private static SupportLevel join(JoinParts parts, SparkPlan join) {
    return SupportChecks.level(obstacle(parts, join));
  }

  private static Optional<JoinShape> shape(JoinParts parts, SparkPlan join) {
    return parts.shape(ScalaCollections.list(join.output()));
  }

  private static Optional<String> obstacle(JoinParts parts, SparkPlan join) {
    Optional<JoinShape> shape = shape(parts, join);
    if (shape.isEmpty()) {
      return Optional.of(TYPE.about(parts.type().sql()));
    }
    Translation<JoinSpec> translation =
        new JoinTranslator(source(parts.probePlan()), source(parts.buildPlan()), shape.get())
            .translate();
    return translation.obstacle().or(() -> HashJoin.unsupported(translation.orThrow()));
  }

  private static SparkPipeline source(SparkPlan plan) {
    return new SparkPipeline(ScalaCollections.list(plan.output()), List.of());
  }
}
