// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;

/** Runs statements one after the other, each in limited time. */
final class TimedStatements implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration TO_END = Duration.ofSeconds(30);
  private static final String GROUP = "sql-tests";

  private final SparkSession session;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  TimedStatements(SparkSession session) {
    this.session = session;
  }

  /**
   * Runs a statement. One that takes too long is cancelled, and that is its output.
   *
   * @throws IllegalStateException when it goes on though it was cancelled
   */
  SqlOutput run(String sql) {
    Future<SqlOutput> output = thread.submit(() -> inGroup(sql));
    try {
      return output.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return cancel(output, sql);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Statement was interrupted: sql=" + sql, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Statement could not be judged: sql=" + sql, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private SqlOutput inGroup(String sql) {
    SparkSession.setActiveSession(session);
    session.sparkContext().setJobGroup(GROUP, sql, true);
    return SqlOutput.of(session, sql);
  }

  private SqlOutput cancel(Future<SqlOutput> output, String sql) {
    session.sparkContext().cancelJobGroup(GROUP);
    try {
      output.get(TO_END.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException("Statement does not end: sql=" + sql, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return SqlOutput.tooLate(LIMIT);
  }
}
