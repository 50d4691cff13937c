// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kronos.compare.AnswerFile;
import dev.kronos.tpch.QueryRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/**
 * Renders a comparison as a table for people and as JSON for programs.
 *
 * @param scale TPC-H scale factor
 * @param job how the queries were submitted
 * @param comparison what was measured
 * @param difference the first differing cell, empty when the answers are equal
 */
record TpchReport(
    double scale, SparkJob job, TpchComparison comparison, Optional<String> difference) {

  /** Returns a Markdown page: the table, then the counters of each query. */
  String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# TPC-H at scale factor ").append(scale).append("\n\n");
    page.append("- device: ").append(comparison.device()).append('\n');
    page.append("- master: ").append(job.master());
    page.append(", driver memory ").append(job.driverMemory()).append('\n');
    page.append("- Java: ").append(System.getProperty("java.version")).append('\n');
    page.append("- answers: ").append(difference.orElse("equal")).append('\n');
    comparison.peer().ifPresent(peer -> page.append(peerLine(peer)));
    page.append('\n');
    page.append(TimesTable.of(comparison));
    page.append("\n## Where the time goes\n\nThe last run of each query; parts are of the time of")
        .append(" tasks, added over those that run side by side.\n\n### Kronos\n\n")
        .append(AccountTable.of(comparison.kronos()))
        .append("\n### Plain Spark\n\n")
        .append(AccountTable.of(comparison.cpu()));
    comparison.kronos().forEach(run -> page.append(counters(run)));
    return page.toString();
  }

  /** Returns everything measured, times in seconds, in the place of each answer its digest. */
  ObjectNode json() {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("device", comparison.device()).put("scale", scale).put("master", job.master());
    node.put("java", System.getProperty("java.version"));
    node.put("answersEqual", difference.isEmpty());
    add(node.putArray("cpu"), comparison.cpu());
    add(node.putArray("kronos"), comparison.kronos());
    comparison.finishedPeer().ifPresent(peer -> add(node.putArray(peer.name()), peer.runs()));
    return node;
  }

  private String peerLine(TpchComparison.Peer peer) {
    String answers = peer.failure().or(comparison::peerDifference).orElse("equal");
    return "- answers of %s: %s%n".formatted(peer.name(), answers);
  }

  private static String counters(QueryRun run) {
    StringWriter nodes = new StringWriter();
    PrintWriter out = new PrintWriter(nodes);
    NodeTable.print(out, run.nodes());
    out.flush();
    return "\n## %s\n\n```\n%s\n%s```\n".formatted(run.query(), nodes, run.plan());
  }

  private static void add(ArrayNode array, Iterable<QueryRun> runs) {
    for (QueryRun run : runs) {
      ObjectNode node = run.toJson();
      node.remove("answer");
      node.put("answerSha256", AnswerFile.sha256(run.answer()));
      array.add(node);
    }
  }
}
