// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerFile;
import dev.kronos.plans.NodeRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records how one query ran.
 *
 * @param query the query's name
 * @param answer what it answered, the same in every run
 * @param seconds wall time of each run, the first one first
 * @param plan text of the plan that ran
 * @param nodes the nodes that Kronos ran in the last run with their metrics, topmost first
 * @param account where the time of the last run went
 */
public record QueryRun(
    String query,
    Answer answer,
    List<Double> seconds,
    String plan,
    List<NodeRun> nodes,
    QueryAccount account) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns the shortest wall time in seconds. */
  public double bestSeconds() {
    return seconds.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  /** Returns the names of the nodes that Kronos ran, topmost first. */
  public List<String> nodeNames() {
    return nodes.stream().map(NodeRun::name).toList();
  }

  /** Returns a metric summed over all nodes; 0 where none has it. */
  public long total(String metric) {
    return nodes.stream().mapToLong(node -> node.metric(metric)).sum();
  }

  /** Returns this run as JSON. */
  public ObjectNode toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("query", query);
    node.set("answer", AnswerFile.toJson(answer));
    ArrayNode times = node.putArray("seconds");
    seconds.forEach(times::add);
    node.put("plan", plan);
    ArrayNode runs = node.putArray("nodes");
    for (NodeRun run : nodes) {
      ObjectNode counters = runs.addObject().put("name", run.name()).putObject("metrics");
      new TreeMap<>(run.metrics()).forEach(counters::put);
    }
    node.set("account", account.toJson());
    return node;
  }

  /** Reads what {@link #toJson} wrote. */
  public static QueryRun fromJson(JsonNode node) {
    List<Double> seconds = new ArrayList<>();
    node.get("seconds").forEach(time -> seconds.add(time.asDouble()));
    List<NodeRun> nodes = new ArrayList<>();
    node.get("nodes").forEach(run -> nodes.add(nodeRun(run)));
    return new QueryRun(
        node.get("query").asText(),
        AnswerFile.fromJson(node.get("answer")),
        seconds,
        node.get("plan").asText(),
        nodes,
        QueryAccount.fromJson(node.get("account")));
  }

  private static NodeRun nodeRun(JsonNode node) {
    Map<String, Long> metrics = new TreeMap<>();
    node.get("metrics").properties().forEach(e -> metrics.put(e.getKey(), e.getValue().asLong()));
    return new NodeRun(node.get("name").asText(), metrics);
  }
}
