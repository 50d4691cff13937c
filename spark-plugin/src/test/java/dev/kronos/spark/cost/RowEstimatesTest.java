// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.optimizer.BuildRight$;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Range$;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.GlobalLimitExec;
import org.apache.spark.sql.execution.LocalLimitExec;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnionExec;
import org.apache.spark.sql.execution.joins.BroadcastNestedLoopJoinExec;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;

class RowEstimatesTest {
  private final RowEstimates estimates = new RowEstimates();

  @Test
  void aSourceGivesWhatItsStatisticsSay() {
    assertThat(estimates.rows(range(123))).isEqualTo(123);
    assertThat(estimates.work(range(123))).isEqualTo(123);
  }

  @Test
  void aSourceWithoutStatisticsIsUnknownAndSoIsWhatReadsIt() {
    SparkPlan unknown = unknown();
    assertThat(estimates.rows(unknown)).isNaN();
    assertThat(estimates.rows(filter(unknown))).isNaN();
    assertThat(estimates.work(filter(unknown))).isNaN();
    assertThat(estimates.rows(union(range(1), unknown))).isNaN();
  }

  @Test
  void aSourceWhoseStatisticsAreRefusedIsUnknown() {
    SparkPlan refusing = unknown();
    refusing.setLogicalLink(
        new UnresolvedRelation(
            ScalaCollections.seq(List.of("t")), CaseInsensitiveStringMap.empty(), false));
    assertThat(estimates.rows(refusing)).isNaN();
  }

  @Test
  void filtersMayPassEverything() {
    assertThat(estimates.rows(filter(range(70)))).isEqualTo(70);
  }

  @Test
  void limitsBoundWhatIsKnownAndWhatIsNot() {
    assertThat(estimates.rows(new LocalLimitExec(10, range(70)))).isEqualTo(10);
    assertThat(estimates.rows(new LocalLimitExec(100, range(70)))).isEqualTo(70);
    assertThat(estimates.rows(new LocalLimitExec(10, unknown()))).isEqualTo(10);
    assertThat(estimates.rows(new GlobalLimitExec(-1, range(70), 3))).isEqualTo(70);
  }

  @Test
  void unionsAddAndNestedLoopsMultiply() {
    assertThat(estimates.rows(union(range(3), range(4)))).isEqualTo(7);
    SparkPlan pairs =
        new BroadcastNestedLoopJoinExec(
            range(30), range(40), BuildRight$.MODULE$, Inner$.MODULE$, ScalaCollections.none());
    assertThat(estimates.rows(pairs)).isEqualTo(1200);
    assertThat(estimates.work(pairs)).isEqualTo(1200);
  }

  private static SparkPlan union(SparkPlan... children) {
    return new UnionExec(ScalaCollections.seq(List.of(children)));
  }

  private static SparkPlan filter(SparkPlan child) {
    return new FilterExec(Literal.TrueLiteral(), child);
  }

  private static SparkPlan range(long rows) {
    SparkPlan scan = unknown(rows);
    scan.setLogicalLink(((RangeExec) scan).range());
    return scan;
  }

  private static SparkPlan unknown() {
    return unknown(1);
  }

  /** Makes a node of which no logical plan is known. */
  private static SparkPlan unknown(long rows) {
    return new RangeExec(Range$.MODULE$.apply(0, rows, 1, 1));
  }
}
