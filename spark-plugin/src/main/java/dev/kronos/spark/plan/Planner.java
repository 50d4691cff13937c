// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.DeviceRegistry;
import dev.kronos.spark.conf.SqlSettings;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.internal.SQLConf;

/** Decides about plans under the session's settings. Thread-safe. */
final class Planner {
  private static final PlanReporter REPORTER = new PlanReporter();

  private Planner() {}

  /**
   * Converts a plan, or returns it as it is where nothing may run on the device.
   *
   * @throws StrictModeException in strict mode, when something stays on the CPU
   * @throws dev.kronos.KronosException.InvalidArgument when the session has a wrong setting
   */
  static SparkPlan convert(SparkPlan plan) {
    SqlSettings settings = settings(SQLConf.get());
    if (!settings.enabled()) {
      return plan;
    }
    PlanConversion conversion = new PlanConversion(levels(plan, settings));
    SparkPlan converted = conversion.convert(plan);
    Optional<String> obstacle = DeviceRegistry.obstacle();
    // Spark's joins cannot read a broadcast that is under way for the device.
    if (obstacle.isPresent() && !BroadcastPairs.occursIn(plan)) {
      requireNotStrict(settings, conversion, obstacle.get());
      return plan;
    }
    REPORTER.report(plan, conversion.decisions(), settings);
    return converted;
  }

  private static Function<SparkPlan, SupportLevel> levels(SparkPlan plan, SqlSettings settings) {
    return settings.cost() ? CostDecision.about(plan)::level : ConversionCatalog::level;
  }

  /** Returns what would be decided about each node of a plan that was not converted yet. */
  static Function<SparkPlan, SupportLevel> trial(SparkPlan plan) {
    PlanConversion conversion = new PlanConversion(levels(plan, settings(plan.conf())));
    conversion.convert(plan);
    return conversion::decided;
  }

  static SqlSettings settings(SQLConf conf) {
    return SqlSettings.read(key -> conf.getConfString(key, null));
  }

  private static void requireNotStrict(
      SqlSettings settings, PlanConversion conversion, String obstacle) {
    boolean computes =
        conversion.decisions().stream().anyMatch(d -> !(d.level() instanceof SupportLevel.Exempt));
    if (settings.strict() && computes) {
      throw new StrictModeException("strict mode: nothing can run on the device: " + obstacle);
    }
  }
}
