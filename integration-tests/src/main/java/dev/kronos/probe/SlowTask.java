// SPDX-License-Identifier: Apache-2.0
package dev.kronos.probe;

import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Leaves a task running that feeds an aggregation; for local mode, where it shares this JVM. */
final class SlowTask {
  private static final CountDownLatch RUNNING = new CountDownLatch(1);

  private SlowTask() {}

  /** Starts a query over {@code t} and returns while one of its tasks runs, for {@code millis}. */
  static void start(SparkSession spark, long millis) {
    UDF1<Long, Long> slow = id -> id == 0 ? sleep(id, millis) : id;
    spark.udf().register("slow", slow, DataTypes.LongType);
    Thread query =
        new Thread(() -> spark.sql("SELECT sum(s) FROM (SELECT slow(id) AS s FROM t)").collect());
    query.setDaemon(true);
    query.setUncaughtExceptionHandler((thread, e) -> System.out.println("PROBE CUT SHORT " + e));
    query.start();
    try {
      RUNNING.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long sleep(long value, long millis) throws InterruptedException {
    RUNNING.countDown();
    Thread.sleep(millis);
    System.out.println("PROBE SLEPT " + millis);
    return value;
  }
}
