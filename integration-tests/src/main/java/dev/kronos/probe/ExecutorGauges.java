// SPDX-License-Identifier: Apache-2.0
package dev.kronos.probe;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.SparkEnv;
import scala.jdk.javaapi.CollectionConverters;

/** Reads the gauges that Kronos shows to Spark's metrics system in this process. */
public final class ExecutorGauges {
  private static final String SOURCE = "plugin.dev.kronos.spark.KronosPlugin";

  private ExecutorGauges() {}

  /** Returns the gauges by name, none where the plugin is not there. */
  // The metrics library hands its gauges out as raw types.
  @SuppressWarnings("rawtypes")
  public static SortedMap<String, Object> read() {
    SortedMap<String, Object> values = new TreeMap<>();
    CollectionConverters.asJava(SparkEnv.get().metricsSystem().getSourcesByName(SOURCE)).stream()
        .flatMap(source -> source.metricRegistry().getGauges().entrySet().stream())
        .forEach(gauge -> values.put(gauge.getKey(), gauge.getValue().getValue()));
    return values;
  }
}
