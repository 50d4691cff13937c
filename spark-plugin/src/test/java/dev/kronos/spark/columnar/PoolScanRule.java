// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.LocalTableScanExec;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.internal.SQLConf;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Replaces scans, and gathers the rows of ranges and local tables, when a setting says so. */
public final class PoolScanRule extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  static final String ENABLED = "spark.test.pool.scan";
  static final List<String> REASONS = new CopyOnWriteArrayList<>();
  static final List<String> REPLACED = new CopyOnWriteArrayList<>();

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectColumnar(
        session ->
            new ColumnarRule() {
              @Override
              public Rule<SparkPlan> preColumnarTransitions() {
                return new Replace();
              }
            });
    return BoxedUnit.UNIT;
  }

  private static final class Replace extends Rule<SparkPlan> {
    @Override
    public SparkPlan apply(SparkPlan plan) {
      return "true".equals(SQLConf.get().getConfString(ENABLED, "false")) ? rewrite(plan) : plan;
    }

    private static SparkPlan rewrite(SparkPlan plan) {
      if (plan instanceof FileSourceScanExec scan) {
        java.util.Optional<String> reason = ParquetScan.unsupportedReason(scan);
        if (reason.isPresent()) {
          REASONS.add(reason.get());
          return plan;
        }
        SparkPlan replaced = ParquetScan.replace(scan);
        REPLACED.add(replaced.simpleString(100));
        return new DescribingExec(replaced);
      }
      if (plan instanceof RangeExec || plan instanceof LocalTableScanExec) {
        return new DescribingExec(new KronosRowToColumnarExec(plan));
      }
      return plan.mapChildren(PoolScanRule.Replace::rewrite);
    }
  }
}
