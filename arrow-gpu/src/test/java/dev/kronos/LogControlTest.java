// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogControlTest {
  private static final Logger LOG = LoggerFactory.getLogger(LogControlTest.class);

  @AfterEach
  void restore() {
    LogControl.apply(LogLevel.INFO);
  }

  @Test
  void levelIsApplied() {
    LogControl.apply(LogLevel.DEBUG);
    assertThat(LOG.isDebugEnabled()).isTrue();
    LogControl.apply(LogLevel.ERROR);
    assertThat(LOG.isWarnEnabled()).isFalse();
    LogControl.apply(LogLevel.INHERIT);
    assertThat(LOG.isWarnEnabled()).isFalse();
  }
}
