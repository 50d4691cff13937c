// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.plans.PlanReport;
import dev.kronos.random.RandomQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
 * -Dkronos.random.queries} at how many queries to stop. A failure names its seed.
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

  @Test
  void answersAreThoseOfPlainSpark() {
    long first = Long.getLong("kronos.random.seed", new Random().nextLong(1L << 32));
    LOG.warn("random queries: first seed {}", first);
    Instant begin = Instant.now();
    int queries = 0;
    while (queries < MOST && goesOn(Duration.between(begin, Instant.now()))) {
      check(RandomQuery.of(first + queries++));
    }
    LOG.warn("random queries: {} ran, {} on the device, {} with errors", queries, onDevice, failed);
    assertThat(onDevice).as("queries of %d that ran on the device", queries).isPositive();
  }

  /** A busy machine may take all the time for a first query that stays with Spark. */
  private boolean goesOn(Duration since) {
    return since.compareTo(onDevice > 0 ? TIME : TIME.multipliedBy(5)) < 0;
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
    Outcome actual = outcome(query);
    onDevice += actual.device() ? 1 : 0;
    if (expected.error() != null || actual.error() != null) {
      failed++;
      return errorDifference(expected, actual);
    }
    return query.ordered()
        ? AnswerComparator.difference(expected.answer(), actual.answer())
        : AnswerComparator.differenceInAnyOrder(expected.answer(), actual.answer());
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
    Path seed = folder.resolve(Long.toString(query.seed()));
    for (RandomQuery.Table table : query.tables()) {
      KronosSession.under(
          Map.of("spark.sql.ansi.enabled", "false"),
          () -> KronosSession.write(seed, table.name(), table.sql(), 2));
    }
  }
}
