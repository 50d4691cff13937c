// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.bench.result.Sizes;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Remembers how long one operation of a workload took, on average over the programs, and says from
 * it which cells would take too long: the measured time at the same size, or at the next smaller
 * one in proportion to the work.
 */
final class OperationTimes {

  /**
   * Runs of the batch that a cell needs at least: each program run, verified, warmed up, sampled
   * twice and timed thrice.
   */
  static final int LEAST_RUNS = 4 * 8;

  private static final double NANOS = 1e9;

  private record Known(double nanos, double work) {}

  private final Map<Workload, TreeMap<Long, Known>> known = new HashMap<>();

  /** Notes the time of one operation in nanoseconds; the latest counts. */
  void note(Workload workload, long sizeBytes, Job job, double nanos) {
    known
        .computeIfAbsent(workload, key -> new TreeMap<>())
        .put(sizeBytes, new Known(nanos, job.problem().work()));
  }

  /** Returns why a cell would take too long, or empty when it may be run. */
  Optional<String> tooLong(Workload workload, long sizeBytes, Job job, double cellSeconds) {
    var nearest = known.getOrDefault(workload, new TreeMap<>()).floorEntry(sizeBytes);
    if (nearest == null) {
      return Optional.empty();
    }
    double nanos = nearest.getValue().nanos() * job.problem().work() / nearest.getValue().work();
    double needed = nanos * job.batch() * LEAST_RUNS / NANOS;
    String from =
        nearest.getKey() == sizeBytes ? "measured" : "from " + Sizes.text(nearest.getKey());
    return needed <= cellSeconds
        ? Optional.empty()
        : Optional.of(
            "too long: one operation takes %.3g ms (%s), %d runs of %d operations %.3g s, allowed %.3g s"
                .formatted(nanos / 1e6, from, LEAST_RUNS, job.batch(), needed, cellSeconds));
  }
}
