// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogControlTest {
  @AfterEach
  void restore() {
    LogControl.apply(LogLevel.INFO);
  }

  @Test
  void levelIsApplied() {
    LogControl.apply(LogLevel.DEBUG);
    assertThat(logger("debug").isDebugEnabled()).isTrue();
    LogControl.apply(LogLevel.ERROR);
    assertThat(logger("error").isWarnEnabled()).isFalse();
    LogControl.apply(LogLevel.INHERIT);
    assertThat(logger("inherit").isWarnEnabled()).isFalse();
  }

  /** A logger of slf4j-simple takes its level when it is made, so each look needs a new one. */
  private static Logger logger(String name) {
    return LoggerFactory.getLogger("dev.kronos.LogControlTest." + name);
  }
}
