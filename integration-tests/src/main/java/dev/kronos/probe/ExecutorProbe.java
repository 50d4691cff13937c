// SPDX-License-Identifier: Apache-2.0
package dev.kronos.probe;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
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
  private static final String SOURCE = "plugin.dev.kronos.spark.KronosPlugin";

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

  // The metrics library hands its gauges out as raw types.
  @SuppressWarnings("rawtypes")
  private static String line() {
    SparkEnv executor = SparkEnv.get();
    SortedMap<String, Object> values = new TreeMap<>();
    CollectionConverters.asJava(executor.metricsSystem().getSourcesByName(SOURCE)).stream()
        .flatMap(source -> source.metricRegistry().getGauges().entrySet().stream())
        .forEach(gauge -> values.put(gauge.getKey(), gauge.getValue().getValue()));
    return executor.executorId() + " " + values;
  }
}
