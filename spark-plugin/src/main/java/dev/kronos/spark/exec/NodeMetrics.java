// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.dispatch.StreamCounters;
import dev.kronos.spill.SpillMeter;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;

/**
 * Holds the metrics that every Kronos node shows in the SQL UI. Where nodes are fused, the top one
 * bears the device's counters; the others count rows and batches. Travels to the executors.
 *
 * @param rows rows given out
 * @param batches batches given out
 * @param deviceTime device time in nanoseconds
 * @param deviceWait time that tasks waited to be admitted to the device, in nanoseconds
 * @param bytesToDevice bytes copied to device memory; 0 where it is the host's
 * @param bytesFromDevice bytes copied back
 * @param bytesRead bytes that work on the device reads
 * @param bytesWritten bytes that it writes
 * @param dispatches kernel runs
 * @param barriers barriers between them
 * @param spilledToHost bytes moved to host memory because the device had no room
 * @param spilledToDisk bytes written to files because host memory had none either
 */
record NodeMetrics(
    SQLMetric rows,
    SQLMetric batches,
    SQLMetric deviceTime,
    SQLMetric deviceWait,
    SQLMetric bytesToDevice,
    SQLMetric bytesFromDevice,
    SQLMetric bytesRead,
    SQLMetric bytesWritten,
    SQLMetric dispatches,
    SQLMetric barriers,
    SQLMetric spilledToHost,
    SQLMetric spilledToDisk)
    implements Serializable {

  /** Makes the metrics of a node, by name. */
  static Map<String, SQLMetric> make(SparkContext context) {
    Map<String, SQLMetric> metrics = new LinkedHashMap<>();
    metrics.put("numOutputRows", SQLMetrics.createMetric(context, "number of output rows"));
    metrics.put("numOutputBatches", SQLMetrics.createMetric(context, "number of output batches"));
    metrics.put("deviceTime", nanos(context, "device time"));
    metrics.put("deviceWait", nanos(context, "time waiting for the device"));
    metrics.put("bytesToDevice", size(context, "bytes to device"));
    metrics.put("bytesFromDevice", size(context, "bytes from device"));
    metrics.put("deviceBytesRead", size(context, "bytes read on device"));
    metrics.put("deviceBytesWritten", size(context, "bytes written on device"));
    metrics.put("dispatches", SQLMetrics.createMetric(context, "dispatches"));
    metrics.put("barriers", SQLMetrics.createMetric(context, "barriers"));
    metrics.put("spilledToHost", size(context, "bytes spilled to host"));
    metrics.put("spilledToDisk", size(context, "bytes spilled to disk"));
    return metrics;
  }

  /** Returns the metrics that {@link #make} made for a node. */
  static NodeMetrics of(SparkPlan node) {
    return new NodeMetrics(
        node.longMetric("numOutputRows"),
        node.longMetric("numOutputBatches"),
        node.longMetric("deviceTime"),
        node.longMetric("deviceWait"),
        node.longMetric("bytesToDevice"),
        node.longMetric("bytesFromDevice"),
        node.longMetric("deviceBytesRead"),
        node.longMetric("deviceBytesWritten"),
        node.longMetric("dispatches"),
        node.longMetric("barriers"),
        node.longMetric("spilledToHost"),
        node.longMetric("spilledToDisk"));
  }

  /** Adds what was given out. */
  void add(long rowCount, long batchCount) {
    rows.add(rowCount);
    batches.add(batchCount);
  }

  /** Adds what a stream did. */
  void add(StreamCounters stream) {
    deviceTime.add(stream.deviceNanos());
    bytesToDevice.add(stream.bytesUp());
    bytesFromDevice.add(stream.bytesDown());
    bytesRead.add(stream.bytesRead());
    bytesWritten.add(stream.bytesWritten());
    dispatches.add(stream.dispatches());
    barriers.add(stream.barriers());
  }

  /** Adds time that a task waited to be admitted. */
  void addWait(long nanos) {
    deviceWait.add(nanos);
  }

  /** Adds what was moved for want of room. */
  void add(SpillMeter meter) {
    spilledToHost.add(meter.hostBytes());
    spilledToDisk.add(meter.diskBytes());
  }

  private static SQLMetric nanos(SparkContext context, String name) {
    return SQLMetrics.createNanoTimingMetric(
        context, name, SQLMetrics.createNanoTimingMetric$default$3());
  }

  private static SQLMetric size(SparkContext context, String name) {
    return SQLMetrics.createSizeMetric(context, name, SQLMetrics.createSizeMetric$default$3());
  }
}
