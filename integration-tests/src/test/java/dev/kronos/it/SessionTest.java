// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kronos.Kronos;
import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.spark.KronosExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;

/** Gives every end-to-end test its session and its closing checks: nothing leaked, nothing odd. */
public abstract class SessionTest {
  private static final Duration TASKS_END = Duration.ofSeconds(30);

  /** Asserts that the plugin answers {@code sql} wholly on the device and as plain Spark does. */
  static void assertSame(String sql) {
    Answer expected = KronosSession.onCpu(sql);
    Answer actual = KronosSession.onDevice(sql);
    assertThat(AnswerComparator.differenceInAnyOrder(expected, actual)).as(sql).isEmpty();
  }

  /**
   * Asserts the same of a query that computes several expressions at once, and where it fails of
   * each alone, so that the failure names the one that is wrong.
   *
   * @param query has a place %s for the expressions
   */
  static void assertSameColumns(String query, List<String> expressions) {
    Throwable failure =
        catchThrowable(() -> assertSame(query.formatted(String.join(", ", expressions))));
    if (failure != null) {
      for (String expression : expressions) {
        assertThatCode(() -> assertSame(query.formatted(expression)))
            .as(expression)
            .doesNotThrowAnyException();
      }
      throw new AssertionError("Fails at once only: expressions=" + expressions, failure);
    }
  }

  /** Asserts the same in a time zone, outside ANSI mode. */
  static void assertSameInZone(String zone, String sql) {
    KronosSession.under(
        Map.of("spark.sql.session.timeZone", zone, "spark.sql.ansi.enabled", "false"),
        () -> assertSame(sql));
  }

  /** Asserts that {@code sql} fails on the device as it fails in plain Spark. */
  static void assertSameError(String sql) {
    Throwable expected = error(catchThrowable(() -> KronosSession.onCpu(sql)));
    Throwable actual = error(catchThrowable(() -> KronosSession.onDevice(sql)));
    assertThat(expected).as("Spark's own: " + sql).isInstanceOf(SparkThrowable.class);
    assertThat(actual).as(sql).isInstanceOf(SparkThrowable.class);
    assertThat(actual.getClass()).as(sql).isEqualTo(expected.getClass());
    assertThat(((SparkThrowable) actual).getCondition())
        .as(sql)
        .isEqualTo(((SparkThrowable) expected).getCondition());
  }

  /** Returns the innermost failure that carries one of Spark's error conditions. */
  static Throwable error(Throwable failure) {
    Throwable found = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SparkThrowable throwable && throwable.getCondition() != null) {
        found = t;
      }
    }
    return found;
  }

  /** Asserts equal answers whether or not every node could be replaced. */
  static void assertSameWithFallback(String sql) {
    Answer expected = KronosSession.onCpu(sql);
    Answer actual = Answer.of(KronosSession.spark().sql(sql));
    assertThat(AnswerComparator.differenceInAnyOrder(expected, actual)).as(sql).isEmpty();
  }

  /** Cuts a list into parts of a size, the last one perhaps shorter: a query computes a part. */
  static <T> List<List<T>> inParts(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += size) {
      parts.add(all.subList(i, Math.min(i + size, all.size())));
    }
    return parts;
  }

  /** Puts each part of a list beside each time zone, as arguments of a test. */
  static Stream<Arguments> inZones(List<String> zones, List<List<String>> parts) {
    return zones.stream()
        .flatMap(zone -> parts.stream().map(functions -> Arguments.of(zone, functions)));
  }

  @AfterEach
  void nothingIsLeftBehind() {
    // Tables of broadcasts stay for as long as those do, which is until Spark's driver cleans up.
    KronosExecutor.dropShared();
    Kronos kronos = KronosExecutor.current();
    // Of a stage that failed the other tasks run on until they notice that they are cancelled.
    // The first look is at once: by default each test would wait a tenth of a second for it.
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .atMost(TASKS_END)
        .untilAsserted(
            () -> {
              kronos.finish();
              assertThat(kronos.memory().outstandingBuffers()).as("outstanding buffers").isZero();
            });
    assertThat(kronos.allocator().getAllocatedMemory()).as("Arrow bytes").isZero();
    assertThat(kronos.counters().validationMessages()).as("validation messages").isZero();
  }
}
