// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Owns what a task opens, and closes it in reverse order when the task completes: at its end, after
 * a failure, or when a LIMIT stops it early. Used by the task's thread.
 */
final class TaskResources {
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  private TaskResources() {}

  /** Creates the owner for the task that runs on this thread. */
  static TaskResources ofTask() {
    TaskResources resources = new TaskResources();
    TaskCompletionListener listener = context -> resources.closeAll();
    TaskContext.get().addTaskCompletionListener(listener);
    return resources;
  }

  /** Takes over a resource. */
  <T extends AutoCloseable> T own(T resource) {
    resources.push(resource);
    return resource;
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
