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
      Map.of(
          "dispatches", kronos -> kronos.counters().dispatches(),
          "submits", kronos -> kronos.counters().submits(),
          "bytesUp", kronos -> kronos.counters().streams().bytesUp(),
          "bytesDown", kronos -> kronos.counters().streams().bytesDown(),
          "deviceNanos", kronos -> kronos.counters().streams().deviceNanos(),
          "kernelsCompiled", kronos -> kronos.counters().kernelsCompiled(),
          "outstandingAllocations", kronos -> kronos.counters().outstandingAllocations(),
          "validationMessages", kronos -> kronos.counters().validationMessages(),
          "outstandingBuffers", kronos -> kronos.memory().outstandingBuffers(),
          "arrowBytes", kronos -> kronos.allocator().getAllocatedMemory());

  private DeviceGauges() {}

  /** Adds the gauges to a registry of Spark's, which reads them from threads of its own. */
  static void register(MetricRegistry registry) {
    GAUGES.forEach((name, value) -> registry.register(name, gauge(value)));
  }

  private static Gauge<Long> gauge(ToLongFunction<Kronos> value) {
    return () -> KronosExecutor.opened().map(value::applyAsLong).orElse(0L);
  }
}
