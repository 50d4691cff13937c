// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Starts and stops a few times. */
class StartStopRunTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysHowLongItTakesAndWhatTheProcessHolds() {
    StartStopRun.Result result = StartStopRun.run(Fixture.options(), 20);
    assertThat(result.cycles()).isEqualTo(20);
    assertThat(result.device()).isNotBlank();
    assertThat(result.firstMillis()).isPositive();
    assertThat(result.millisPerCycle()).isPositive();
    assertThat(result.before().residentMebibytes()).isPositive();
    assertThat(result.after().files()).isPositive();
    assertThat(result.after().threads()).isLessThan(result.before().threads() + 10);
  }
}
