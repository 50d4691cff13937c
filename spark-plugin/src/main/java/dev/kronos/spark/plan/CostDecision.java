// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.cost.RowEstimates;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.trees.TreeNodeTag;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.exchange.BroadcastExchangeExec;
import org.apache.spark.sql.execution.exchange.Exchange;

/**
 * Keeps parts of a plan on the CPU that would be slower on the device, as far as is known. Serves
 * one plan.
 *
 * <p>Adaptive execution plans a stage without what is above it. The look at the whole plan marks
 * each node with what was decided, and a stage that ends in an exchange does as its marks say,
 * unless these say that nothing was known; the last stage is the whole of what is left and is
 * decided with the sizes of the stages that ran.
 */
final class CostDecision {
  private static final TreeNodeTag<CostVerdict> VERDICT = new TreeNodeTag<>("kronos.cost.verdict");

  private final RowEstimates rows = new RowEstimates();
  private final Map<SparkPlan, SupportLevel> supported = new IdentityHashMap<>();
  private final List<CostGroup> groups = new ArrayList<>();

  private CostDecision() {}

  /** Decides about all nodes of a plan and marks them. */
  static CostDecision about(SparkPlan plan) {
    CostDecision decision = new CostDecision();
    decision.visit(plan, null, null);
    for (CostGroup group : decision.groups) {
      CostVerdict verdict = verdict(plan, group);
      group.nodes().forEach(node -> node.setTagValue(VERDICT, verdict));
    }
    return decision;
  }

  /** Returns whether a node of the plan goes to the device. */
  SupportLevel level(SparkPlan node) {
    return levelOf(node)
        .or(() -> Optional.ofNullable(supported.get(node)))
        .orElseGet(() -> ConversionCatalog.level(node));
  }

  /** Returns what was decided about a node that was left to the CPU. */
  static Optional<SupportLevel> levelOf(SparkPlan node) {
    return mark(node) instanceof CostVerdict.Cpu cpu ? Optional.of(cpu.level()) : Optional.empty();
  }

  /** Returns what estimates say of a node's part, with both; empty where nothing was estimated. */
  static Optional<CostVerdict> told(SparkPlan node) {
    return Optional.ofNullable(mark(node)).filter(verdict -> !verdict.told().isEmpty());
  }

  /** A join whose broadcast is one of rows because of an estimate stays for that estimate. */
  private static Optional<CostVerdict> ofBroadcast(SparkPlan join) {
    return ScalaCollections.<SparkPlan>list(join.children()).stream()
        .map(side -> mark(BroadcastPairs.exchangeOf(side)))
        .filter(CostVerdict.Cpu.class::isInstance)
        .findFirst();
  }

  /** What nothing was known of when the whole was looked at may have been counted since. */
  private static CostVerdict verdict(SparkPlan plan, CostGroup group) {
    Optional<CostVerdict> marked =
        plan instanceof Exchange
            ? group.nodes().stream()
                .map(CostDecision::mark)
                .filter(mark -> mark != null && !(mark instanceof CostVerdict.Unknown))
                .findFirst()
            : Optional.empty();
    return marked.orElseGet(group::verdict);
  }

  private static CostVerdict mark(SparkPlan node) {
    return ScalaCollections.<CostVerdict>optional(node.getTagValue(VERDICT)).orElse(null);
  }

  private void visit(SparkPlan node, SparkPlan parent, CostGroup above) {
    CostGroup group = belongs(node, above) ? groupOf(above) : null;
    if (group != null) {
      group.add(node, above == null ? null : parent);
    } else if (above != null) {
      above.addSource(node);
    }
    ScalaCollections.<SparkPlan>list(node.children()).forEach(c -> visit(c, node, group));
  }

  private CostGroup groupOf(CostGroup above) {
    if (above != null) {
      return above;
    }
    CostGroup group = new CostGroup(rows);
    groups.add(group);
    return group;
  }

  /** A broadcast goes with the join that reads it. */
  private boolean belongs(SparkPlan node, CostGroup above) {
    if (node.getClass() == BroadcastExchangeExec.class) {
      return above != null;
    }
    SupportLevel level = ConversionCatalog.level(node);
    if (JoinChecks.isForRows(level)) {
      ofBroadcast(node).ifPresent(verdict -> node.setTagValue(VERDICT, verdict));
      level = levelOf(node).orElse(level);
    }
    supported.put(node, level);
    return level instanceof SupportLevel.Compatible && !ConversionCatalog.isConverted(node);
  }
}
