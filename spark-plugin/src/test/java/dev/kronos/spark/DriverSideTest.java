// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverSideTest {

  @AfterEach
  void forget() {
    DeviceRegistry.deactivate();
  }

  @ParameterizedTest
  @CsvSource({
    "4.2.0, 4.2, true",
    "4.2.11, 4.2, true",
    "4.2, 4.2, true",
    "4.20.0, 4.2, false",
    "4.1.3, 4.2, false",
    "5.0.0-SNAPSHOT, 4.2, false"
  })
  void knowsItsSparkVersion(String version, String minor, boolean expected) {
    assertThat(KronosDriverPlugin.builtFor(version, minor)).isEqualTo(expected);
  }

  @Test
  void plansNothingUnlessActive() {
    assertThat(DeviceRegistry.obstacle()).get().asString().contains("not active");

    DeviceRegistry.activate();

    assertThat(DeviceRegistry.obstacle()).isEmpty();
  }

  @Test
  void plansNothingOnceAnExecutorHasNoDevice() {
    DeviceRegistry.activate();

    new KronosDriverPlugin().receive("7\nno driver is installed");

    assertThat(DeviceRegistry.obstacle())
        .contains("no usable Vulkan device: executor=7, cause=no driver is installed");
  }

  @Test
  void forgetsTheApplicationBefore() {
    DeviceRegistry.activate();
    DeviceRegistry.reportMissing("driver", "no driver");

    DeviceRegistry.activate();

    assertThat(DeviceRegistry.obstacle()).isEmpty();
  }
}
