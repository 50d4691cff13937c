// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class OperationTest {
  private static final double[] ROWS = {0, 1, 100, 1e4, 1e6, (1 << 20) + 1, 1e8, 1e12};

  @ParameterizedTest
  @EnumSource(Operation.class)
  void moreRowsNeverCostLess(Operation operation) {
    CostEstimate before = CostEstimate.NOTHING;
    for (double rows : ROWS) {
      CostEstimate now = operation.alone(rows);
      assertThat(now.cpuNanos()).isGreaterThanOrEqualTo(before.cpuNanos());
      assertThat(now.deviceNanos()).isGreaterThanOrEqualTo(before.deviceNanos());
      before = now;
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SCAN", "PASS", "TRANSITION"},
      mode = Mode.EXCLUDE)
  void theDeviceGainsFromSomeNumberOfRowsOn(Operation operation) {
    boolean before = true;
    for (double rows : ROWS) {
      boolean slower = operation.alone(rows).isSlowerOnDevice();
      assertThat(before || !slower).as("gained by fewer than %s", rows).isTrue();
      before = slower;
    }
    assertThat(operation.alone(100).isSlowerOnDevice()).isTrue();
    assertThat(operation.alone(10e6).isSlowerOnDevice()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void aPartOfOtherKernelsCostsNoMoreThanKernelsOfItsOwn(Operation operation) {
    for (double rows : ROWS) {
      assertThat(operation.fused(rows).deviceNanos())
          .isLessThanOrEqualTo(operation.alone(rows).deviceNanos());
      assertThat(operation.fused(rows).cpuNanos()).isEqualTo(operation.alone(rows).cpuNanos());
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void whatIsUnknownIsNotSlowerOnTheDevice(Operation operation) {
    assertThat(operation.alone(Double.NaN).isSlowerOnDevice()).isFalse();
    assertThat(operation.alone(1).plus(operation.alone(Double.NaN)).isSlowerOnDevice()).isFalse();
  }

  /** The queries that the figures are from have to stay where they were measured to be faster. */
  @Test
  void theMeasuredQueriesGoToTheDevice() {
    double lineItems = 60e6;
    CostEstimate q6 =
        Operation.SCAN
            .alone(lineItems)
            .plus(Operation.STEP.fused(lineItems))
            .plus(Operation.AGGREGATE.alone(lineItems / 50));
    assertThat(q6.cpuNanos() / q6.deviceNanos()).isBetween(1.2, 3.0);
    CostEstimate q1 =
        Operation.SCAN
            .alone(lineItems)
            .plus(Operation.STEP.fused(2 * lineItems))
            .plus(Operation.AGGREGATE.alone(lineItems));
    assertThat(q1.cpuNanos() / q1.deviceNanos()).isBetween(4.0, 12.0);
  }

  @Test
  void estimatesAreSaidInMilliseconds() {
    assertThat(new CostEstimate(250_000, 70_400_000)).hasToString("cpu=0.3 ms, device=70 ms");
  }
}
