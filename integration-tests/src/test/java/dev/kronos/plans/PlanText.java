// SPDX-License-Identifier: Apache-2.0
package dev.kronos.plans;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.execution.SparkPlan;

/** Writes plans as text without what changes from run to run and from machine to machine. */
public final class PlanText {
  private static final List<Replacement> REPLACEMENTS =
      List.of(
          // numbers of exchanges and subqueries: before those of columns, which look alike
          new Replacement(",? \\[(plan_)?id=#?\\d+\\]", ""),
          // numbers of columns, with Spark's mark of a bigint
          new Replacement("#\\d+L?\\b", ""),
          // numbers of stages: they count in the order in which stages happen to start
          new Replacement("\\*\\(\\d+\\)", "*"),
          new Replacement("(QueryStage) \\d+", "$1"),
          // of a table's path, its name
          new Replacement("\\bfile:/[^\\],]*/", ""),
          new Replacement("(?m)\\h+$", ""));

  private record Replacement(Pattern pattern, String text) {
    Replacement(String regex, String text) {
      this(Pattern.compile(regex), text);
    }
  }

  private PlanText() {}

  /**
   * Returns the text of a plan, one line a node.
   *
   * @param plan a plan that ran, for example {@link PlanReport#executed}
   */
  public static String of(SparkPlan plan) {
    return normalised(plan.treeString());
  }

  /** Takes away ids, stage numbers, paths and spaces at the end of lines. */
  static String normalised(String plan) {
    String text = plan;
    for (Replacement replacement : REPLACEMENTS) {
      text = replacement.pattern().matcher(text).replaceAll(replacement.text());
    }
    return text.stripTrailing();
  }
}
