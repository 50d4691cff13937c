// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.DevicePlaces;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.DeviceInput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Owns what a task opens, and closes it in reverse order when the task completes: at its end, after
 * a failure, or when a LIMIT stops it early. Used by the task's thread.
 */
final class TaskResources {
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  private final TaskContext task;

  private TaskResources(TaskContext task) {
    this.task = task;
  }

  /** Creates the owner for the task that runs on this thread. */
  static TaskResources ofTask() {
    TaskContext task = TaskContext.get();
    TaskResources resources = new TaskResources(task);
    if (KronosExecutor.opened().isPresent()) {
      DevicePlaces places = KronosExecutor.places();
      // Listeners run last first: the place goes when nothing is held any more.
      TaskCompletionListener leaving = context -> places.leave(context.taskAttemptId());
      task.addTaskCompletionListener(leaving);
    }
    TaskCompletionListener closing = context -> resources.closeAll();
    task.addTaskCompletionListener(closing);
    return resources;
  }

  /** Waits until the task may work on the device; returns at once where it may already. */
  void admit(NodeMetrics metrics) {
    metrics.addWait(
        KronosExecutor.places().enter(task.taskAttemptId(), task::killTaskIfInterrupted));
  }

  /** Takes over a resource. */
  <T extends AutoCloseable> T own(T resource) {
    resources.push(resource);
    return resource;
  }

  /** Opens the way in for batches of a schema; what it cost is counted on completion. */
  DeviceInput input(StructType schema, ChainMetrics metrics) {
    return input(schema, metrics.top());
  }

  /** Opens the way in for batches of a node. */
  DeviceInput input(StructType schema, NodeMetrics metrics) {
    DeviceInput input =
        own(new DeviceInput(KronosExecutor.current(), schema, () -> admit(metrics)));
    onCompletion(() -> metrics.add(input.counters()));
    return input;
  }

  /** Opens the way out for batches of columns; what it cost is counted on completion. */
  BatchOutput output(List<Attribute> columns, ChainMetrics metrics) {
    BatchOutput output = own(new BatchOutput(KronosExecutor.current(), columns));
    onCompletion(() -> metrics.addStream(output.counters()));
    return output;
  }

  /** Makes a place for batches that wait; what was moved of them is counted on completion. */
  WaitingBatches waiting(ChainMetrics metrics) {
    WaitingBatches waiting = own(new WaitingBatches());
    onCompletion(() -> metrics.top().add(waiting.meter()));
    return waiting;
  }

  /** Adds work to be done on completion, before what was added earlier is closed. */
  void onCompletion(Runnable work) {
    resources.push(work::run);
  }

  private void closeAll() {
    RuntimeException first = null;
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first = new IllegalStateException("closing a task's device resources failed", e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
