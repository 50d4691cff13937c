// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Adds up what the tasks of a query took, as Spark reports them. Thread-safe. */
final class TaskTotals extends SparkListener {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;
  private static final long WAIT_MILLIS = 10_000;

  private final SparkContext context;
  private final List<Span> spans = new ArrayList<>();
  private double run;
  private double cpu;
  private double collection;
  private double shuffleWrite;
  private double fetchWait;

  /** When a task ran, in milliseconds of the clock. */
  private record Span(long start, long end) {}

  private TaskTotals(SparkContext context) {
    this.context = context;
  }

  /** Begins to listen. */
  static TaskTotals listenTo(SparkContext context) {
    TaskTotals totals = new TaskTotals(context);
    context.addSparkListener(totals);
    return totals;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    TaskMetrics metrics = end.taskMetrics();
    if (metrics == null) {
      return;
    }
    spans.add(new Span(end.taskInfo().launchTime(), end.taskInfo().finishTime()));
    run += metrics.executorRunTime() / MILLIS;
    cpu += metrics.executorCpuTime() / NANOS;
    collection += metrics.jvmGCTime() / MILLIS;
    shuffleWrite += metrics.shuffleWriteMetrics().writeTime() / NANOS;
    fetchWait += metrics.shuffleReadMetrics().fetchWaitTime() / MILLIS;
  }

  /**
   * Stops listening, once all that happened was heard.
   *
   * @param seconds wall time of the query
   * @param scan seconds that the query's scans took in its tasks
   */
  QueryAccount end(double seconds, double scan) {
    heard();
    context.removeSparkListener(this);
    synchronized (this) {
      return new QueryAccount(
          seconds, seconds - busy(), run, cpu, scan, shuffleWrite, fetchWait, collection);
    }
  }

  private void heard() {
    try {
      context.listenerBus().waitUntilEmpty(WAIT_MILLIS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("Spark's events are late: query's account is lost", e);
    }
  }

  /** Returns in how many seconds at least one task ran. */
  private double busy() {
    long busy = 0;
    long end = Long.MIN_VALUE;
    spans.sort(Comparator.comparingLong(Span::start));
    for (Span span : spans) {
      busy += Math.max(0, span.end() - Math.max(end, span.start()));
      end = Math.max(end, span.end());
    }
    return busy / MILLIS;
  }
}
