// SPDX-License-Identifier: Apache-2.0
package dev.kronos.probe;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Asks every executor of an application for the gauges that Kronos shows to Spark there. */
final class ExecutorProbe {
  private ExecutorProbe() {}

  /**
   * Returns one line an executor: its id and its gauges by name, none where it has no device.
   *
   * <p>The tasks of a barrier stage start together and take every core of the application, so none
   * is left out, and none runs beside a task that has yet to clean up.
   */
  static SortedSet<String> gauges(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int cores = context.defaultParallelism();
    Object lines =
        context
            .parallelize(IntStream.range(0, cores).boxed().toList(), cores)
            .rdd()
            .barrier()
            .mapPartitions(
                (Function1<Iterator<Integer>, Iterator<String>> & Serializable)
                    ignored ->
                        CollectionConverters.asScala(Collections.singleton(line()).iterator()),
                false,
                ClassTag$.MODULE$.apply(String.class))
            .collect();
    return new TreeSet<>(Arrays.asList((String[]) lines));
  }

  private static String line() {
    return SparkEnv.get().executorId() + " " + ExecutorGauges.read();
  }
}
