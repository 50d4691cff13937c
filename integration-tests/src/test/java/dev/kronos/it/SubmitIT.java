// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Submits a small application the way users do: the shaded jar, {@code --jars}, own processes. */
class SubmitIT {
  private static final Map<String, String> NO_DEVICE =
      Map.of(
          "VK_DRIVER_FILES", "/nonexistent/icd.json",
          "VK_ICD_FILENAMES", "/nonexistent/icd.json",
          "KRONOS_ICD_SEARCH_PATHS", "/nonexistent");

  /** Lets the first job wait for both executors, and gives it a part for each. */
  private static final Map<String, String> TWO_EXECUTORS =
      Map.of(
          "spark.kronos.required", "true",
          "spark.cores.max", "2",
          "spark.scheduler.minRegisteredResourcesRatio", "1.0",
          "spark.sql.files.minPartitionNum", "4");

  @Test
  @Tag("smoke")
  void localModeAnswersOnTheDevice() throws Exception {
    Submitted run = onDevice();
    answeredOnTheDevice(run);
    assertThat(run.output()).doesNotContain(KronosException.Leak.class.getName());
    assertThat(run.lines("PROBE EXECUTOR "))
        .satisfiesExactly(gauges -> ranAndHoldsNothing("driver", gauges));
  }

  /** Asks the executors while they live: Spark kills them before their own checks at the end. */
  @Test
  void twoExecutorsOfAClusterAnswerOnTheDeviceAndHoldNothing() throws Exception {
    Submitted run = Submitted.run("local-cluster[2,1,1024]", Map.of(), TWO_EXECUTORS);
    answeredOnTheDevice(run);
    assertThat(run.lines("PROBE EXECUTOR "))
        .satisfiesExactly(
            gauges -> ranAndHoldsNothing("0", gauges), gauges -> ranAndHoldsNothing("1", gauges));
  }

  private static void answeredOnTheDevice(Submitted run) {
    assertThat(run.output()).contains("PROBE ANSWER 499500 1000").contains("KronosHashAggregate");
    assertThat(run.lines("PROBE LIMIT ")).containsExactly("3");
    assertThat(run.lines("PROBE ERROR ")).containsExactly("DIVIDE_BY_ZERO");
    assertThat(run.status()).isZero();
  }

  private static void ranAndHoldsNothing(String executor, String gauges) {
    assertThat(gauges)
        .startsWith(executor + " {")
        .containsPattern("\\bdispatches=[1-9]")
        .contains("outstandingBuffers=0,")
        .contains("arrowBytes=0,")
        .contains("validationMessages=0}");
  }

  @Test
  void theEndWaitsForATaskThatEndsSoon() throws Exception {
    Submitted run = onDevice("2000");
    assertThat(run.output())
        .contains("PROBE SLEPT 2000")
        .doesNotContain("Kronos: the device stays open")
        .doesNotContain("Kronos: device memory was still held");
    assertThat(run.status()).isZero();
  }

  @Test
  void theEndLeavesTheDeviceToATaskThatRunsOn() throws Exception {
    Submitted run = onDevice("3600000");
    assertThat(run.output())
        .containsOnlyOnce("Kronos: the device stays open")
        .contains("tasks=1")
        .doesNotContain("Kronos: device memory was still held");
    assertThat(run.status()).isZero();
  }

  @Test
  void withoutADeviceTheCpuAnswersAndOneLineSaysWhy() throws Exception {
    Submitted run = Submitted.run("local[2]", NO_DEVICE, Map.of());
    assertThat(run.status()).isZero();
    assertThat(run.output())
        .contains("PROBE ANSWER 499500 1000", "PROBE EXECUTOR driver {}")
        .doesNotContain("KronosHashAggregate")
        .containsOnlyOnce("Kronos: no usable Vulkan device, queries run on the CPU: ")
        .contains("mesa-vulkan-drivers");
  }

  @Test
  void withoutADeviceAndRequiredTheStartFails() throws Exception {
    Submitted run = Submitted.run("local[2]", NO_DEVICE, Map.of("spark.kronos.required", "true"));
    assertThat(run.status()).isNotZero();
    assertThat(run.output()).contains("spark.kronos.required").doesNotContain("PROBE ANSWER");
  }

  @Test
  void aWrongSettingFailsTheStartNamingKeyAndValue() throws Exception {
    Submitted run =
        Submitted.run("local[2]", Map.of(), Map.of("spark.kronos.sql.explain", "SOMETIMES"));
    assertThat(run.status()).isNotZero();
    assertThat(run.output())
        .contains("spark.kronos.sql.explain")
        .contains("SOMETIMES")
        .contains("NOT_ON_GPU")
        .doesNotContain("PROBE ANSWER");
  }

  private static Submitted onDevice(String... arguments) throws Exception {
    return Submitted.run("local[2]", Map.of(), Map.of("spark.kronos.required", "true"), arguments);
  }
}
