// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import dev.kronos.spark.catalyst.ExplainStrategy;
import dev.kronos.spark.plan.KronosColumnarRule;
import dev.kronos.spark.plan.KronosExplain;
import dev.kronos.spark.plan.KronosTagRule;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Hooks the planner's rules into a session; {@link KronosPlugin} names it to Spark. */
public final class KronosExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

  /** Creates the extension; Spark does. */
  public KronosExtensions() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectColumnar(session -> new KronosColumnarRule());
    extensions.injectQueryStagePrepRule(session -> new KronosTagRule());
    extensions.injectPlannerStrategy(session -> new ExplainStrategy(KronosExplain::section));
    return BoxedUnit.UNIT;
  }
}
