// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.kronos.Kronos;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Shows Spark's metrics system what the device of this process did and what is still held of it, as
 * {@code plugin.dev.kronos.spark.KronosPlugin.<name>} of each executor. Every gauge is a number of
 * type long; 0 while no device is open.
 */
final class DeviceGauges {
  private static final Map<String, ToLongFunction<Kronos>> GAUGES =
      Map.ofEntries(
          Map.entry("dispatches", kronos -> kronos.counters().dispatches()),
          Map.entry("barriers", kronos -> kronos.counters().barriers()),
          Map.entry("submits", kronos -> kronos.counters().submits()),
          Map.entry("bytesUp", kronos -> kronos.counters().streams().bytesUp()),
          Map.entry("bytesDown", kronos -> kronos.counters().streams().bytesDown()),
          Map.entry("bytesRead", kronos -> kronos.counters().streams().bytesRead()),
          Map.entry("bytesWritten", kronos -> kronos.counters().streams().bytesWritten()),
          Map.entry("deviceNanos", kronos -> kronos.counters().streams().deviceNanos()),
          Map.entry("kernelsRun", kronos -> kronos.counters().kernelsRun()),
          Map.entry("kernelsCompiled", kronos -> kronos.counters().kernelsCompiled()),
          Map.entry("kernelWaitNanos", kronos -> kronos.counters().kernelWaitNanos()),
          Map.entry("outstandingAllocations", kronos -> kronos.counters().outstandingAllocations()),
          Map.entry("validationMessages", kronos -> kronos.counters().validationMessages()),
          Map.entry("outstandingBuffers", kronos -> kronos.memory().outstandingBuffers()),
          Map.entry("arrowBytes", kronos -> kronos.allocator().getAllocatedMemory()));

  private DeviceGauges() {}

  /** Adds the gauges to a registry of Spark's, which reads them from threads of its own. */
  static void register(MetricRegistry registry) {
    GAUGES.forEach((name, value) -> registry.register(name, gauge(value)));
  }

  private static Gauge<Long> gauge(ToLongFunction<Kronos> value) {
    return () -> KronosExecutor.opened().map(value::applyAsLong).orElse(0L);
  }
}
