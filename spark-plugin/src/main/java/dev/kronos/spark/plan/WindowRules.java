// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.window.RankLimitBatches;
import dev.kronos.operator.window.WindowBatches;
import dev.kronos.spark.catalyst.Restriction;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.SparkRankLimit;
import dev.kronos.spark.catalyst.TranslatedWindow;
import dev.kronos.spark.catalyst.Translation;
import dev.kronos.spark.catalyst.WindowTranslator;
import dev.kronos.spark.exec.KronosWindowExec;
import dev.kronos.spark.exec.KronosWindowGroupLimitExec;
import java.util.List;
import org.apache.spark.sql.execution.window.WindowExec;
import org.apache.spark.sql.execution.window.WindowGroupLimitExec;

/** Rules of the nodes that compute functions over windows. */
final class WindowRules {
  /** What keeps such a node on the CPU, besides what its functions say themselves. */
  static final List<Restriction> RESTRICTIONS =
      SupportChecks.pipelines(WindowTranslator.RESTRICTIONS, WindowBatches.limits());

  /** What keeps limits of ranks on the CPU. */
  static final List<Restriction> OF_LIMITS =
      SupportChecks.pipelines(List.of(), WindowBatches.limits());

  private WindowRules() {}

  static SupportLevel groupLimit(WindowGroupLimitExec plan) {
    Translation<SparkRankLimit.Translated> translation =
        KronosWindowGroupLimitExec.limit(plan).translate();
    return SupportChecks.level(
        translation
            .obstacle()
            .or(() -> RankLimitBatches.unsupported(translation.orThrow().limit())));
  }

  static SupportLevel window(WindowExec plan) {
    SparkPipeline input =
        new SparkPipeline(ScalaCollections.list(plan.child().output()), List.of());
    Translation<TranslatedWindow> translation =
        new WindowTranslator(input, KronosWindowExec.shape(plan)).translate();
    return SupportChecks.level(
        translation
            .obstacle()
            .or(() -> WindowBatches.unsupported(translation.orThrow().spec()))
            .or(() -> ProjectBatch.unsupported(translation.orThrow().toResults())));
  }
}
