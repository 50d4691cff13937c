// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosException;
import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.memory.MemoryPools;
import dev.kronos.plans.PlanReport;
import dev.kronos.random.RandomQuery;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spill.SpillMeter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares random queries over random tables with plain Spark, for a while: {@code
 * -Dkronos.random.seconds} says how long, {@code -Dkronos.random.seed} where to begin, and {@code
 * -Dkronos.random.queries} at how many queries to stop. A failure names its seed. Some of the
 * queries are run with a budget of device memory in which their tables do not fit.
 */
class RandomQueryIT extends SessionTest {
  private static final Logger LOG = LoggerFactory.getLogger(RandomQueryIT.class);
  private static final Duration TIME =
      Duration.ofSeconds(Long.getLong("kronos.random.seconds", 45));
  private static final int MOST = Integer.getInteger("kronos.random.queries", Integer.MAX_VALUE);

  @TempDir static Path folder;

  private List<RandomQuery.Table> written = List.of();
  private int onDevice;
  private int failed;
  private int spilled;
  private int tooLarge;

  @Test
  void answersAreThoseOfPlainSpark() {
    int queries = checkAll(RandomQuery::of, TIME, () -> onDevice > 0);
    assertThat(onDevice).as("queries of %d that ran on the device", queries).isPositive();
  }

  @Test
  void answersAreThoseOfPlainSparkWhereTablesDoNotFit() {
    int queries =
        checkAll(
            RandomQuery::withBudget, TIME.dividedBy(3), () -> spilled > 0 && onDevice > tooLarge);
    LOG.warn("with a budget: {} spilled, {} did not fit at all", spilled, tooLarge);
    assertThat(spilled).as("queries of %d that moved batches away", queries).isPositive();
    assertThat(onDevice).as("queries that ran on the device").isGreaterThan(tooLarge);
  }

  private int checkAll(LongFunction<RandomQuery> query, Duration time, BooleanSupplier proved) {
    long first = Long.getLong("kronos.random.seed", new Random().nextLong(1L << 32));
    LOG.warn("random queries: first seed {}", first);
    Instant begin = Instant.now();
    int queries = 0;
    while (queries < MOST && goesOn(Duration.between(begin, Instant.now()), time, proved)) {
      check(query.apply(first + queries++));
    }
    LOG.warn("random queries: {} ran, {} on the device, {} with errors", queries, onDevice, failed);
    return queries;
  }

  /** A busy machine may take all the time for first queries that prove nothing. */
  private static boolean goesOn(Duration since, Duration time, BooleanSupplier proved) {
    return since.compareTo(proved.getAsBoolean() ? time : time.multipliedBy(5)) < 0;
  }

  private void check(RandomQuery query) {
    if (!query.tables().equals(written)) {
      write(query);
      written = query.tables();
    }
    KronosSession.under(
        query.settings(), () -> assertThat(difference(query)).as(query.toString()).isEmpty());
  }

  private Optional<String> difference(RandomQuery query) {
    Outcome expected =
        KronosSession.with(Map.of("spark.kronos.sql.enabled", "false"), () -> outcome(query));
    Outcome actual = within(query);
    onDevice += actual.device() ? 1 : 0;
    if (query.budgetBytes() < Long.MAX_VALUE && isExhausted(actual.error())) {
      tooLarge++;
      return Optional.empty();
    }
    if (expected.error() != null || actual.error() != null) {
      failed++;
      return errorDifference(expected, actual);
    }
    return query.ordered()
        ? AnswerComparator.difference(expected.answer(), actual.answer())
        : AnswerComparator.differenceInAnyOrder(expected.answer(), actual.answer());
  }

  /** Runs a query within its budget, and sees to it that nothing stays behind. */
  private Outcome within(RandomQuery query) {
    if (query.budgetBytes() == Long.MAX_VALUE) {
      return outcome(query);
    }
    MemoryPools memory = KronosExecutor.current().memory();
    long before = spilledBytes();
    memory.limitDevice(query.budgetBytes());
    try {
      Outcome outcome = outcome(query);
      nothingIsLeftBehind();
      assertThat(KronosExecutor.store().batches()).as("waiting batches: %s", query).isZero();
      assertThat(KronosExecutor.places().inside()).as("tasks inside: %s", query).isZero();
      return outcome;
    } finally {
      memory.limitDevice(Long.MAX_VALUE);
      spilled += spilledBytes() > before ? 1 : 0;
    }
  }

  private static long spilledBytes() {
    SpillMeter total = KronosExecutor.store().total();
    return total.hostBytes() + total.diskBytes();
  }

  /** A partition of a window, for one, has to fit, and so have a batch and its results. */
  private static boolean isExhausted(Throwable error) {
    return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause -> cause instanceof KronosException.Exhausted);
  }

  /** Which of several rows fails first is open, so any error of Spark's stands for any other. */
  private static Optional<String> errorDifference(Outcome expected, Outcome actual) {
    boolean alike =
        SessionTest.error(expected.error()) instanceof SparkThrowable
            && SessionTest.error(actual.error()) instanceof SparkThrowable;
    return alike
        ? Optional.empty()
        : Optional.of("errors: expected=" + expected.error() + ", actual=" + actual.error());
  }

  private static Outcome outcome(RandomQuery query) {
    try {
      Dataset<Row> rows = KronosSession.spark().sql(query.sql());
      Answer answer = Answer.of(rows);
      boolean device = !PlanReport.kronosNodes(PlanReport.executed(rows)).isEmpty();
      return new Outcome(answer, null, device);
    } catch (Exception e) {
      return new Outcome(null, e, false);
    }
  }

  /** Holds what came of a query: an answer or an error. */
  private record Outcome(Answer answer, Exception error, boolean device) {}

  private static void write(RandomQuery query) {
    // Both tests may begin with the same seed, and make other tables of it.
    Path seed = folder.resolve(query.seed() + "-" + query.budgetBytes());
    for (RandomQuery.Table table : query.tables()) {
      KronosSession.under(
          Map.of("spark.sql.ansi.enabled", "false"),
          () -> KronosSession.write(seed, table.name(), table.sql(), 2));
    }
  }
}
