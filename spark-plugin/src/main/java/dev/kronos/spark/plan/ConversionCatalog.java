// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.spark.catalyst.KronosUnaryExec;
import dev.kronos.spark.columnar.KronosParquetFormat;
import dev.kronos.spark.columnar.ParquetScan;
import dev.kronos.spark.exec.KronosFilterExec;
import dev.kronos.spark.exec.KronosHashAggregateExec;
import dev.kronos.spark.exec.KronosProjectExec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.HashAggregateExec;
import org.apache.spark.sql.execution.aggregate.ObjectHashAggregateExec;
import org.apache.spark.sql.execution.aggregate.SortAggregateExec;

/** Lists the plan nodes of Spark's that run on the device. */
public final class ConversionCatalog {
  private static final Map<Class<?>, NodeRule<?>> RULES =
      List.<NodeRule<?>>of(
              new NodeRule<>(
                  FilterExec.class,
                  SupportChecks::filter,
                  p -> new KronosFilterExec(p.condition(), p.child())),
              new NodeRule<>(
                  ProjectExec.class,
                  SupportChecks::project,
                  p -> new KronosProjectExec(p.projectList(), p.child())),
              new NodeRule<>(
                  HashAggregateExec.class, SupportChecks::aggregate, KronosHashAggregateExec::of),
              new NodeRule<>(
                  FileSourceScanExec.class, ConversionCatalog::scan, ParquetScan::replace),
              unsupported(
                  SortAggregateExec.class,
                  "aggregation by sorting is not supported: Spark chooses it for min and max of"
                      + " strings and for keys that it cannot hash"),
              unsupported(
                  ObjectHashAggregateExec.class,
                  "aggregation of objects is not supported: its buffers are opaque"))
          .stream()
          .collect(Collectors.toUnmodifiableMap(NodeRule::sparkClass, rule -> rule));

  private ConversionCatalog() {}

  /** Returns whether a node is supported, whatever surrounds it. */
  public static SupportLevel level(SparkPlan plan) {
    if (isConverted(plan)) {
      return new SupportLevel.Compatible();
    }
    return rule(plan)
        .map(rule -> rule.level(plan))
        .or(() -> Exemptions.of(plan))
        .orElseGet(() -> new SupportLevel.Unsupported("this kind of node is not supported"));
  }

  /** Tells whether a node is one of Kronos's. */
  static boolean isConverted(SparkPlan plan) {
    return plan instanceof KronosUnaryExec
        || (plan instanceof FileSourceScanExec scan
            && scan.relation().fileFormat() instanceof KronosParquetFormat);
  }

  static Optional<NodeRule<?>> rule(SparkPlan plan) {
    return Optional.ofNullable(RULES.get(plan.getClass()));
  }

  private static <P extends SparkPlan> NodeRule<P> unsupported(Class<P> type, String reason) {
    return new NodeRule<>(type, plan -> new SupportLevel.Unsupported(reason), plan -> plan);
  }

  private static SupportLevel scan(FileSourceScanExec scan) {
    return ParquetScan.unsupportedReason(scan)
        .<SupportLevel>map(SupportLevel.Unsupported::new)
        .orElseGet(SupportLevel.Compatible::new);
  }
}
