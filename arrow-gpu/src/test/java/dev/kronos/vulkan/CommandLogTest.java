// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.vulkan.CommandLog.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLogTest {

  private static final int OPERANDS = 7;

  private final CommandLog log = new CommandLog();
  private final Object[] objects = {new Object(), new Object()};

  /** Logs commands of which one operand of one command differs from what it is elsewhere. */
  private void log(int count, int different, int operand) {
    log.start();
    for (int i = 0; i < count; i++) {
      int which = i == different ? operand : -1;
      log.refer(which == 0 ? new Object() : objects[0], which == 1 ? new Object() : objects[i % 2]);
      log.add(
          which == 2 ? Kind.FILL : Kind.DISPATCH,
          which == 3 ? -i - 1 : i,
          which == 4 ? i ^ 1L << 63 : i,
          which == 5 ? ~i : i,
          which == 6 ? i + 1 : i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 255, 256, 257, 1024})
  void theSameCommandsAreUnchanged(int count) {
    log(count, -1, 0);
    assertThat(log.unchanged()).isFalse();
    log.keep();
    log(count, -1, 0);
    assertThat(log.unchanged()).isTrue();
    assertThat(log.size()).isEqualTo(count);
  }

  @Test
  void anyOperandOfAnyCommandChangesThem() {
    int count = 40;
    for (int command = 0; command < count; command++) {
      for (int operand = 0; operand < OPERANDS; operand++) {
        log(count, -1, 0);
        log.keep();
        log(count, command, operand);
        assertThat(log.unchanged()).as("command %d, operand %d", command, operand).isFalse();
        log.keep();
      }
    }
  }

  @Test
  void fewerOrMoreCommandsAreOthers() {
    log(20, -1, 0);
    log.keep();
    log(19, -1, 0);
    assertThat(log.unchanged()).isFalse();
    log.keep();
    log(20, -1, 0);
    assertThat(log.unchanged()).isFalse();
  }

  @Test
  void nothingIsKeptOfARecordingThatFailed() {
    log(5, -1, 0);
    log.keep();
    log(5, -1, 0);
    log.forget();
    log(5, -1, 0);
    assertThat(log.unchanged()).isFalse();
  }

  @Test
  void workThatWasGivenUpLeavesNothingThatIsTakenForRecorded() {
    log(5, -1, 0);
    log.keep();
    log(3, 1, 3);
    log.start();
    for (int i = 0; i < 5; i++) {
      log.refer(objects[0], objects[i % 2]);
      log.add(Kind.DISPATCH, i == 1 ? -2 : i, i, i, i);
    }
    assertThat(log.unchanged()).isFalse();
  }

  @Test
  void whatWasGivenIsReadBack() {
    log.start();
    log.refer(objects[0], objects[1]);
    log.add(Kind.COPY, -7, Long.MIN_VALUE, -1, 3);
    assertThat(log.kind(0)).isEqualTo(Kind.COPY);
    assertThat(log.operand(0)).isEqualTo(-7);
    assertThat(log.word(0, 0)).isEqualTo(Long.MIN_VALUE);
    assertThat(log.word(0, 1)).isEqualTo(-1);
    assertThat(log.word(0, 2)).isEqualTo(3);
    assertThat(log.one(0)).isSameAs(objects[0]);
    assertThat(log.other(0)).isSameAs(objects[1]);
  }
}
