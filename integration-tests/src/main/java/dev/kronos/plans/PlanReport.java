// SPDX-License-Identifier: Apache-2.0
package dev.kronos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.jdk.javaapi.CollectionConverters;

/** Reads nodes and metrics off an executed plan, looking through adaptive stages. */
public final class PlanReport {
  private PlanReport() {}

  /** Returns the plan that {@code query} ran, adaptive wrappers removed at its root. */
  public static SparkPlan executed(Dataset<?> query) {
    return unwrap(query.queryExecution().executedPlan());
  }

  /** Returns every node of {@code plan} in depth-first order, through query stages. */
  public static List<SparkPlan> nodes(SparkPlan plan) {
    List<SparkPlan> nodes = new ArrayList<>();
    collect(plan, nodes);
    return nodes;
  }

  /** Returns the names of the nodes that Kronos runs, topmost first. */
  public static List<String> kronosNodes(SparkPlan plan) {
    return nodes(plan).stream().map(SparkPlan::nodeName).filter(PlanReport::isKronos).toList();
  }

  /** Returns the nodes that Kronos ran with their metrics, topmost first. */
  public static List<NodeRun> kronosRuns(SparkPlan plan) {
    return nodes(plan).stream()
        .filter(node -> isKronos(node.nodeName()))
        .map(node -> new NodeRun(node.nodeName().strip(), metrics(node)))
        .toList();
  }

  /** Returns the metrics of one node by name. */
  public static Map<String, Long> metrics(SparkPlan node) {
    Map<String, Long> values = new LinkedHashMap<>();
    CollectionConverters.asJava(node.metrics())
        .forEach((name, metric) -> values.put(name, metric.value()));
    return values;
  }

  /** Returns a metric added over all nodes that have it, in Spark's unit. */
  public static long total(SparkPlan plan, String metric) {
    return nodes(plan).stream()
        .map(PlanReport::metrics)
        .mapToLong(metrics -> metrics.getOrDefault(metric, 0L))
        .sum();
  }

  /** Returns a time added over all nodes that have it, in seconds; plugins count in other units. */
  public static double seconds(SparkPlan plan, String metric) {
    return nodes(plan).stream()
        .flatMap(node -> CollectionConverters.asJava(node.metrics()).entrySet().stream())
        .filter(entry -> entry.getKey().equals(metric))
        .mapToDouble(entry -> seconds(entry.getValue()))
        .sum();
  }

  private static double seconds(SQLMetric time) {
    return time.value() / (time.metricType().equals("nsTiming") ? 1e9 : 1e3);
  }

  private static boolean isKronos(String nodeName) {
    return nodeName.startsWith("Kronos");
  }

  private static void collect(SparkPlan plan, List<SparkPlan> nodes) {
    SparkPlan node = unwrap(plan);
    nodes.add(node);
    CollectionConverters.asJava(node.children()).forEach(child -> collect(child, nodes));
  }

  private static SparkPlan unwrap(SparkPlan plan) {
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      return unwrap(adaptive.executedPlan());
    }
    return plan instanceof QueryStageExec stage ? unwrap(stage.plan()) : plan;
  }
}
