// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.compare.AnswerComparator;
import dev.kronos.tpch.QueryRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Holds the same queries run by plain Spark, by Spark with Kronos, and where one was given by Spark
 * with another plugin.
 *
 * @param device the Vulkan device that Kronos ran on
 * @param cpu runs of plain Spark
 * @param kronos runs with the plugin, in the same order
 * @param peer the other plugin and its runs in the same order, empty without one
 */
record TpchComparison(
    String device, List<QueryRun> cpu, List<QueryRun> kronos, Optional<Peer> peer) {

  /**
   * Holds what another plugin did.
   *
   * @param name the plugin's name
   * @param runs its runs, empty where it failed
   * @param failure why it has no runs, empty where it has
   */
  record Peer(String name, List<QueryRun> runs, Optional<String> failure) {

    /** Returns a plugin that ran everything. */
    static Peer ran(String name, List<QueryRun> runs) {
      return new Peer(name, runs, Optional.empty());
    }

    /** Returns a plugin that did not come to its end. */
    static Peer failed(String name, String failure) {
      return new Peer(name, List.of(), Optional.of(failure));
    }
  }

  /**
   * Runs {@code work} over the tables in {@code data} on each side, one after the other. That the
   * other plugin fails is a result: it must not lose what the sides before it took minutes for.
   */
  static TpchComparison run(SparkJob job, Optional<SparkPlugin> peer, Path data, TpchWork work)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(job.log().toAbsolutePath().getParent());
    TpchResult cpu = TpchResult.of(job.withLog(folder.resolve("cpu.log")), data, work);
    TpchResult kronos =
        TpchResult.of(job.withKronos().withLog(folder.resolve("kronos.log")), data, work);
    Optional<Peer> other = Optional.empty();
    if (peer.isPresent()) {
      SparkJob with = job.with(peer.get()).withLog(folder.resolve("peer.log"));
      other = Optional.of(peer(peer.get().name(), with, data, work));
    }
    return new TpchComparison(kronos.device(), cpu.runs(), kronos.runs(), other);
  }

  private static Peer peer(String name, SparkJob job, Path data, TpchWork work)
      throws IOException, InterruptedException {
    try {
      return Peer.ran(name, TpchResult.of(job, data, work).runs());
    } catch (IllegalStateException e) {
      return Peer.failed(name, e.getMessage());
    }
  }

  /** Returns the other plugin if there was one and it ran to its end. */
  Optional<Peer> finishedPeer() {
    return peer.filter(other -> other.failure().isEmpty());
  }

  /** Returns the first difference of any query's two answers, or empty when all are equal. */
  Optional<String> difference() {
    return difference(kronos);
  }

  /** Returns the first difference of the other plugin's answers from plain Spark's, if any. */
  Optional<String> peerDifference() {
    return finishedPeer().flatMap(other -> difference(other.runs()));
  }

  private Optional<String> difference(List<QueryRun> runs) {
    for (int i = 0; i < cpu.size(); i++) {
      Optional<String> difference =
          AnswerComparator.difference(cpu.get(i).answer(), runs.get(i).answer());
      if (difference.isPresent()) {
        return Optional.of(cpu.get(i).query() + ": " + difference.get());
      }
    }
    return Optional.empty();
  }
}
