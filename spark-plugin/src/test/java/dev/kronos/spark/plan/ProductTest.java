// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.spark.catalyst.ScalaCollections;
import org.apache.spark.sql.catalyst.optimizer.BuildLeft$;
import org.apache.spark.sql.catalyst.optimizer.BuildRight$;
import org.apache.spark.sql.catalyst.plans.logical.Range$;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.joins.CartesianProductExec;
import org.junit.jupiter.api.Test;

class ProductTest {
  private static final long FEW = 100;

  /** 800 MB. */
  private static final long MANY = 100_000_000;

  @Test
  void theSmallerSideIsSent() {
    assertThat(JoinChecks.productSide(product(FEW, MANY))).isEqualTo(BuildLeft$.MODULE$);
    assertThat(JoinChecks.productSide(product(MANY, FEW))).isEqualTo(BuildRight$.MODULE$);
  }

  @Test
  void aProductWithOneSmallSideGoesToTheDevice() {
    assertThat(ConversionCatalog.level(product(FEW, MANY)))
        .isInstanceOf(SupportLevel.Compatible.class);
    assertThat(ConversionCatalog.level(product(MANY, FEW)))
        .isInstanceOf(SupportLevel.Compatible.class);
  }

  @Test
  void aProductOfTwoLargeSidesStaysWithSpark() {
    assertThat(ConversionCatalog.level(product(MANY, MANY)).reason())
        .isEqualTo("both sides of the product are large");
  }

  private static CartesianProductExec product(long left, long right) {
    return new CartesianProductExec(range(left), range(right), ScalaCollections.none());
  }

  private static SparkPlan range(long rows) {
    RangeExec range = new RangeExec(Range$.MODULE$.apply(0, rows, 1, 1));
    range.setLogicalLink(range.range());
    return range;
  }
}
