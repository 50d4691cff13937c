// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KronosExceptionTest {
  @Test
  void messagesHaveAPhraseAndNamedValues() {
    assertThat(KronosException.message("wrong size", "sizeBytes", 3, "maximum", 2))
        .isEqualTo("wrong size: sizeBytes=3, maximum=2");
    assertThat(KronosException.message("device lost")).isEqualTo("device lost");
  }

  @Test
  void causeIsKept() {
    Exception cause = new IllegalStateException("why");
    assertThat(new KronosException.DeviceFailure("device lost", cause)).hasCause(cause);
  }
}
