// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  @Tag("smoke")
  void localModeAnswersOnTheDevice() throws Exception {
    Submitted run = Submitted.run("local[2]", Map.of(), Map.of("spark.kronos.required", "true"));
    assertThat(run.output()).contains("PROBE ANSWER 499500 1000").contains("KronosHashAggregate");
    assertThat(run.status()).isZero();
  }

  @Test
  void twoExecutorsOfAClusterAnswerOnTheDevice() throws Exception {
    Submitted run =
        Submitted.run("local-cluster[2,1,1024]", Map.of(), Map.of("spark.kronos.required", "true"));
    assertThat(run.output()).contains("PROBE ANSWER 499500 1000").contains("KronosHashAggregate");
    assertThat(run.status()).isZero();
  }

  @Test
  void withoutADeviceTheCpuAnswersAndOneLineSaysWhy() throws Exception {
    Submitted run = Submitted.run("local[2]", NO_DEVICE, Map.of());
    assertThat(run.status()).isZero();
    assertThat(run.output())
        .contains("PROBE ANSWER 499500 1000")
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
}
