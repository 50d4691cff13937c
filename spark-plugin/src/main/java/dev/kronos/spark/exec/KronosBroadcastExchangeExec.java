// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.KronosException;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.columnar.EncodedBatch;
import dev.kronos.spark.columnar.EncodingFunction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.plans.physical.BroadcastMode;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.SQLExecution$;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.exchange.BroadcastExchangeExec;
import org.apache.spark.sql.execution.exchange.BroadcastExchangeExec$;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.concurrent.Promise;
import scala.concurrent.Promise$;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Sends a whole table to all executors as columns, for joins on the device. Made only together with
 * the joins that read it: Spark's own read a table of rows.
 *
 * <p>Is Spark's exchange to adaptive execution; only what is sent differs.
 */
public final class KronosBroadcastExchangeExec extends BroadcastExchangeExec {
  private static final long serialVersionUID = 1L;

  /** As many rows as a table on the device holds. */
  private static final long MOST_ROWS = 1L << 30;

  private static final long MOST_BYTES = 8L << 30;

  private final transient Promise<Broadcast<Object>> promise = Promise$.MODULE$.apply();
  private transient Future<Broadcast<Object>> relation;

  /**
   * Creates a node.
   *
   * @param mode how Spark would have sent the table; tells exchanges apart
   * @param child gives the table
   */
  public KronosBroadcastExchangeExec(BroadcastMode mode, SparkPlan child) {
    super(mode, child);
  }

  @Override
  public boolean supportsColumnar() {
    return true;
  }

  @Override
  public BroadcastExchangeExec withNewChildInternal(SparkPlan newChild) {
    return new KronosBroadcastExchangeExec(mode(), newChild);
  }

  @Override
  public SparkPlan doCanonicalize() {
    return new KronosBroadcastExchangeExec(mode().canonicalized(), child().canonicalized());
  }

  /** Starts to collect the table at the first call. */
  @Override
  public synchronized Future<Broadcast<Object>> relationFuture() {
    if (relation == null) {
      relation =
          SQLExecution$.MODULE$.<Broadcast<Object>>withThreadLocalCaptured(
              session(), BroadcastExchangeExec$.MODULE$.executionContext(), this::send);
    }
    return relation;
  }

  @Override
  public scala.concurrent.Future<Broadcast<Object>> completionFuture() {
    return promise.future();
  }

  private Broadcast<Object> send() {
    try {
      sparkContext().addJobTag(jobTag());
      sparkContext().setInterruptOnCancel(true);
      Broadcast<Object> sent = broadcast(collect());
      String execution = sparkContext().getLocalProperty(SQLExecution.EXECUTION_ID_KEY());
      SQLMetrics.postDriverMetricUpdates(
          sparkContext(),
          execution,
          ScalaCollections.seq(List.copyOf(CollectionConverters.asJava(metrics()).values())));
      promise.trySuccess(sent);
      return sent;
    } catch (Throwable e) {
      promise.tryFailure(e);
      throw e;
    }
  }

  private BroadcastTable collect() {
    long start = System.nanoTime();
    RDD<ColumnarBatch> batches = child().executeColumnar();
    Object collected =
        batches
            .mapPartitions(
                new EncodingFunction(child().schema()),
                true,
                ClassTag$.MODULE$.<EncodedBatch>apply(EncodedBatch.class))
            .collect();
    BroadcastTable table = new BroadcastTable(Arrays.asList((EncodedBatch[]) collected));
    longMetric("collectTime").add(millisSince(start));
    longMetric("numOutputRows").add(table.rows());
    longMetric("dataSize").add(table.sizeBytes());
    if (table.rows() >= MOST_ROWS || table.sizeBytes() >= MOST_BYTES) {
      throw new KronosException.Exhausted(
          KronosException.message(
              "table is too large to be broadcast",
              "rows",
              table.rows(),
              "sizeBytes",
              table.sizeBytes()));
    }
    return table;
  }

  private Broadcast<Object> broadcast(BroadcastTable table) {
    long start = System.nanoTime();
    Broadcast<Object> sent =
        sparkContext()
            .broadcastInternal(table, true, ClassTag$.MODULE$.<Object>apply(Object.class));
    longMetric("broadcastTime").add(millisSince(start));
    return sent;
  }

  private static long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof KronosBroadcastExchangeExec;
  }

  /** Differs from every exchange of Spark's: what it sends does. */
  @Override
  @SuppressWarnings("EqualsHashCode")
  public boolean equals(Object other) {
    return this == other
        || (other instanceof KronosBroadcastExchangeExec node
            && mode().equals(node.mode())
            && child().equals(node.child()));
  }
}
