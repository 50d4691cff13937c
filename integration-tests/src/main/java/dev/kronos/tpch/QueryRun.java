// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerFile;
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
 * @param kronosNodes names of the nodes that Kronos ran, topmost first
 * @param metrics Kronos metrics of the last run, summed over its nodes
 */
public record QueryRun(
    String query,
    Answer answer,
    List<Double> seconds,
    String plan,
    List<String> kronosNodes,
    Map<String, Long> metrics) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns the shortest wall time in seconds. */
  public double bestSeconds() {
    return seconds.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  /** Returns this run as JSON. */
  public ObjectNode toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("query", query);
    node.set("answer", AnswerFile.toJson(answer));
    ArrayNode times = node.putArray("seconds");
    seconds.forEach(times::add);
    node.put("plan", plan);
    ArrayNode names = node.putArray("kronosNodes");
    kronosNodes.forEach(names::add);
    ObjectNode counters = node.putObject("metrics");
    metrics.forEach(counters::put);
    return node;
  }

  /** Reads what {@link #toJson} wrote. */
  public static QueryRun fromJson(JsonNode node) {
    List<Double> seconds = new ArrayList<>();
    node.get("seconds").forEach(time -> seconds.add(time.asDouble()));
    List<String> names = new ArrayList<>();
    node.get("kronosNodes").forEach(name -> names.add(name.asText()));
    Map<String, Long> metrics = new TreeMap<>();
    node.get("metrics").properties().forEach(e -> metrics.put(e.getKey(), e.getValue().asLong()));
    return new QueryRun(
        node.get("query").asText(),
        AnswerFile.fromJson(node.get("answer")),
        seconds,
        node.get("plan").asText(),
        names,
        metrics);
  }
}
