// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.conf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.device.DeviceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceDecodingTest {
  private static final long NO_BUDGET = Long.MAX_VALUE;

  @ParameterizedTest
  @EnumSource
  void autoDecodesOnlyOnCardsWithoutABudget(DeviceType type) {
    assertThat(DeviceDecoding.AUTO.on(type, NO_BUDGET)).isEqualTo(type == DeviceType.DISCRETE);
    assertThat(DeviceDecoding.AUTO.on(type, 1 << 30)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void saysSoAnywhere(DeviceType type) {
    assertThat(DeviceDecoding.TRUE.on(type, 1 << 30)).isTrue();
    assertThat(DeviceDecoding.FALSE.on(type, NO_BUDGET)).isFalse();
  }

  /** The setting was a switch once: its values stay valid. */
  @Test
  void readsWhatSwitchesHave() {
    assertThat(KronosConf.SQL_PARQUET_DEVICE_DECODING.parse("true")).isEqualTo(DeviceDecoding.TRUE);
    assertThat(KronosConf.SQL_PARQUET_DEVICE_DECODING.parse("false"))
        .isEqualTo(DeviceDecoding.FALSE);
    assertThat(KronosConf.SQL_PARQUET_DEVICE_DECODING.parse("auto")).isEqualTo(DeviceDecoding.AUTO);
  }
}
