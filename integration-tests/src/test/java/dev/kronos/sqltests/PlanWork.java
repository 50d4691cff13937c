// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import dev.kronos.spark.plan.KronosExplain;
import dev.kronos.spark.plan.NodeDecision;
import dev.kronos.spark.plan.SupportLevel;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.SparkPlan;

/**
 * Holds where the work of one statement was done.
 *
 * @param place how much of it was done on the device
 * @param reasons why nodes stayed on the CPU, each once
 */
record PlanWork(Place place, SortedSet<String> reasons) {
  /** No work at all. */
  static final PlanWork NOTHING = new PlanWork(Place.NOTHING, new TreeSet<>());

  /** Reads it off a plan that ran, or that failed while it ran. */
  static PlanWork of(SparkPlan plan) {
    SparkPlan worker =
        plan instanceof CommandResultExec command ? command.commandPhysicalPlan() : plan;
    List<NodeDecision> decisions = KronosExplain.decisions(worker);
    SortedSet<String> reasons = new TreeSet<>();
    decisions.stream()
        .filter(decision -> decision.level().fallsBack())
        .forEach(decision -> reasons.add(inGeneral(decision.level().reason())));
    boolean onDevice =
        decisions.stream().anyMatch(d -> d.level() instanceof SupportLevel.Compatible);
    return new PlanWork(place(onDevice, !reasons.isEmpty()), reasons);
  }

  private static Place place(boolean onDevice, boolean onCpu) {
    if (onDevice) {
      return onCpu ? Place.PARTLY : Place.WHOLLY;
    }
    return onCpu ? Place.NOT : Place.NOTHING;
  }

  /** Takes out the names of columns and what nested types hold, so that reasons can be counted. */
  private static String inGeneral(String reason) {
    return SqlOutput.withoutChance(reason)
        .replaceAll("column=.*, type=", "type=")
        .replaceAll("\\b(array|map|struct)<.*", "$1")
        .replaceAll("\\binterval .*", "interval");
  }
}
