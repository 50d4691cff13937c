// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.exchange.Exchange;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;

/**
 * Converts a plan for the device, noting a decision about every node. A supported node is always
 * converted, with exceptions that would gain nothing: a scan or a range is converted for a consumer
 * on the device only, and a projection that only picks or renames columns, as well as an exchange,
 * only next to a converted node. Serves one plan.
 */
final class PlanConversion {
  private static final SupportLevel LEFT_OUT =
      new SupportLevel.Exempt("left out: what it serves needs no order on the device");

  private final Function<SparkPlan, SupportLevel> levels;
  private final List<NodeDecision> decisions = new ArrayList<>();
  private final Map<SparkPlan, SupportLevel> levelOfNode = new IdentityHashMap<>();

  /**
   * Creates a conversion.
   *
   * @param levels tells of each node of the plan whether it may run on the device
   */
  PlanConversion(Function<SparkPlan, SupportLevel> levels) {
    this.levels = levels;
  }

  /** Converts a plan; the given one stays as it is. */
  SparkPlan convert(SparkPlan plan) {
    SparkPlan converted = convert(plan, Consumer.HOST);
    return KeptOrders.sorted(converted, ScalaCollections.list(plan.outputOrdering()));
  }

  /** Returns the decisions so far, parents before children. */
  List<NodeDecision> decisions() {
    return List.copyOf(decisions);
  }

  /** Returns what was decided about a node of the given plan; one that was left out is exempt. */
  SupportLevel decided(SparkPlan node) {
    return levelOfNode.getOrDefault(node, LEFT_OUT);
  }

  private void decide(int place, SparkPlan node, SupportLevel level) {
    decisions.set(place, NodeDecision.of(node, level));
    levelOfNode.put(node, level);
  }

  private SparkPlan convert(SparkPlan plan, Consumer consumer) {
    SupportLevel level = levels.apply(plan);
    int place = decisions.size();
    decisions.add(null);
    decide(place, plan, level);
    boolean device = level instanceof SupportLevel.Compatible;
    if (device) {
      ScalaCollections.<SparkPlan>list(plan.children()).forEach(BroadcastPairs::claim);
    }
    SparkPlan own = device ? KeptOrders.withoutSorts(plan) : plan;
    Consumer reached = plan instanceof ShuffleExchangeExec ? consumer.orAsMarked(plan) : consumer;
    SparkPlan node = withConvertedChildren(own, consumerOfChildren(plan, device, reached));
    if (!device || ConversionCatalog.isConverted(node)) {
      return KeptOrders.below(node, plan);
    }
    if (reached == Consumer.HOST && gainsNothing(node)) {
      decide(place, plan, new SupportLevel.Exempt("computes nothing"));
      return node;
    }
    SparkPlan converted = ConversionCatalog.rule(node).orElseThrow().converted(node);
    converted.copyTagsFrom(plan);
    return KeptOrders.below(converted, plan);
  }

  private SparkPlan withConvertedChildren(SparkPlan plan, Consumer consumer) {
    List<SparkPlan> children = ScalaCollections.list(plan.children());
    List<SparkPlan> converted = new ArrayList<>(children.size());
    children.forEach(child -> converted.add(convert(child, consumer)));
    return ScalaCollections.sameElements(converted, children)
        ? plan
        : plan.withNewChildren(ScalaCollections.seq(converted));
  }

  private static Consumer consumerOfChildren(SparkPlan plan, boolean device, Consumer consumer) {
    // An exchange moves what its neighbours compute; for it alone nothing goes to the device.
    boolean wanted =
        device && (consumer == Consumer.DEVICE || !(plan instanceof ShuffleExchangeExec));
    return wanted ? Consumer.DEVICE : Consumer.HOST;
  }

  private static boolean gainsNothing(SparkPlan node) {
    if (node instanceof ShuffleExchangeExec exchange) {
      return !ConversionCatalog.isConverted(exchange.child());
    }
    if (isSource(node)) {
      return true;
    }
    if (PassingRules.passesOn(node)) {
      return ScalaCollections.<SparkPlan>list(node.children()).stream()
          .noneMatch(ConversionCatalog::isConverted);
    }
    return node instanceof ProjectExec project
        && !ConversionCatalog.isConverted(project.child())
        && onlyPicks(project);
  }

  /** Tells whether a node of Spark's moves or renames what others compute. */
  static boolean computesNothing(SparkPlan node) {
    return isSource(node)
        || node instanceof Exchange
        || PassingRules.passesOn(node)
        || (node instanceof ProjectExec project && onlyPicks(project));
  }

  private static boolean isSource(SparkPlan node) {
    return node instanceof FileSourceScanExec || node instanceof RangeExec;
  }

  private static boolean onlyPicks(ProjectExec project) {
    return ScalaCollections.<NamedExpression>list(project.projectList()).stream()
        .allMatch(PlanConversion::isColumn);
  }

  private static boolean isColumn(NamedExpression expression) {
    return expression instanceof Attribute
        || (expression instanceof Alias alias && alias.child() instanceof Attribute);
  }
}
