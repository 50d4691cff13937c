// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.spark.KronosExecutor;
import org.junit.jupiter.api.AfterEach;

/** Gives every end-to-end test its session and its closing checks: nothing leaked, nothing odd. */
abstract class SessionTest {

  /** Asserts that the plugin answers {@code sql} wholly on the device and as plain Spark does. */
  static void assertSame(String sql) {
    Answer expected = KronosSession.onCpu(sql);
    Answer actual = KronosSession.onDevice(sql);
    assertThat(AnswerComparator.differenceInAnyOrder(expected, actual)).as(sql).isEmpty();
  }

  /** Asserts equal answers whether or not every node could be replaced. */
  static void assertSameWithFallback(String sql) {
    Answer expected = KronosSession.onCpu(sql);
    Answer actual = Answer.of(KronosSession.spark().sql(sql));
    assertThat(AnswerComparator.differenceInAnyOrder(expected, actual)).as(sql).isEmpty();
  }

  @AfterEach
  void nothingIsLeftBehind() {
    Kronos kronos = KronosExecutor.current();
    assertThat(kronos.memory().outstandingBuffers()).as("outstanding buffers").isZero();
    assertThat(kronos.allocator().getAllocatedMemory()).as("Arrow bytes").isZero();
    assertThat(kronos.counters().validationMessages()).as("validation messages").isZero();
  }
}
