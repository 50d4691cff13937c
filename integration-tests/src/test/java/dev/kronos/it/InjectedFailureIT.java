// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosException;
import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.memory.FailureInjection;
import dev.kronos.spark.KronosExecutor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Makes requests for memory fail while queries run: a query then answers rightly, or fails and
 * names the one cause, and nothing is left behind either way.
 */
class InjectedFailureIT extends SessionTest {
  /** Every query makes this many requests, so that every n-th of them fails for n up to this. */
  private static final int SURELY_FAILS = 11;

  /** No query makes this many. */
  private static final int NEVER_FAILS = 1 << 20;

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    write(
        "events",
        "SELECT id * 7919 % 4001 AS k, concat('name ', id * 31 % 3001) AS s,"
            + " cast(id % 997 AS decimal(12,2)) AS d, id FROM range(9000)");
    write(
        "facts",
        "SELECT id * 104729 % 3001 AS k, concat('v', id) AS v, id % 100 AS n FROM range(5000)");
  }

  private static void write(String table, String sql) {
    KronosSession.write(folder, table, sql, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, s FROM events WHERE d < 500 AND s LIKE '%7%'",
        "SELECT k % 100, sum(d), max(s IS NULL) FROM events GROUP BY k % 100",
        "SELECT k % 7, id % 3, count(*), sum(d) FROM events GROUP BY ROLLUP (k % 7, id % 3)",
        "SELECT DISTINCT s FROM events UNION ALL SELECT v FROM facts WHERE n < 50",
        "SELECT id, s FROM events ORDER BY d, id",
        "SELECT id, s FROM events ORDER BY d DESC, id LIMIT 20",
        "SELECT /*+ REPARTITION(5, k) */ k, s FROM (SELECT k + 1 AS k, upper(s) AS s FROM events)",
        "SELECT /*+ SHUFFLE_HASH(f) */ f.v, e.id FROM events e LEFT JOIN facts f ON e.k = f.k",
        "SELECT /*+ BROADCAST(f) */ f.v, e.id FROM events e JOIN facts f ON e.k = f.k",
        "SELECT /*+ BROADCAST(f) */ f.v, e.id FROM events e"
            + " JOIN facts f ON e.k < f.n AND e.id < 99",
        "SELECT id, sum(d) OVER (PARTITION BY k % 50 ORDER BY id),"
            + " rank() OVER (PARTITION BY k % 50 ORDER BY d) FROM events"
      })
  void anyRequestMayFail(String sql) {
    Answer expected = KronosSession.onCpu(sql);
    for (int nth : new int[] {1, 2, 3, 5, 7, SURELY_FAILS, 29, 53, 101, NEVER_FAILS}) {
      long failures = failEvery(nth, sql, expected);
      if (nth <= SURELY_FAILS) {
        assertThat(failures).as("failures, every request of %s", nth).isPositive();
      }
      if (nth == NEVER_FAILS) {
        assertThat(failures).as("failures, every request of %s", nth).isZero();
      }
      nothingIsLeftBehind();
      assertThat(KronosExecutor.current().memory().deviceBytes())
          .as("bytes on the device")
          .isZero();
      assertThat(KronosExecutor.store().batches()).as("waiting batches").isZero();
      assertThat(KronosExecutor.places().inside()).as("tasks on the device").isZero();
    }
  }

  @AfterEach
  void noneFails() {
    KronosExecutor.current().memory().injection().failEvery(0);
  }

  /** Runs a query while every n-th request fails, and returns how many did. */
  private static long failEvery(int nth, String sql, Answer expected) {
    FailureInjection injection = KronosExecutor.current().memory().injection();
    injection.failEvery(nth);
    try {
      Answer actual = KronosSession.onDevice(sql);
      Optional<String> difference = AnswerComparator.differenceInAnyOrder(expected, actual);
      assertThat(difference).as("every request of %s", nth).isEmpty();
    } catch (Exception e) {
      assertThat(injection.failures()).as("failures, as one was met: %s", e).isPositive();
      assertNamesTheCause(e, nth);
    }
    long failures = injection.failures();
    injection.failEvery(0);
    return failures;
  }

  private static void assertNamesTheCause(Exception failure, int nth) {
    List<Throwable> exhausted =
        Stream.iterate((Throwable) failure, t -> t != null, Throwable::getCause)
            .filter(KronosException.Exhausted.class::isInstance)
            .toList();
    assertThat(exhausted).as("every request of %s: causes of %s", nth, failure).hasSize(1);
    assertThat(exhausted.get(0)).hasMessageStartingWith("allocation failed on purpose");
    assertThat(failure)
        .as("every request of %s: what closing met", nth)
        .extracting(Throwables::getStackTrace)
        .asString()
        .doesNotContain("closing a task's device resources failed");
  }
}
