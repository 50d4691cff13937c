// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Creates and destroys all instances of the process on one thread. NVIDIA's driver 580.159 crashes
 * in {@code vkDestroyInstance} when the thread that created the instance is another one than the
 * one that destroys it, as a host with thread pools is bound to do. The thread is a daemon and
 * works on while the exit hooks of the JVM run.
 */
final class InstanceThread {
  private static final ExecutorService EXECUTOR =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "kronos-instance");
            thread.setDaemon(true);
            return thread;
          });

  private InstanceThread() {}

  /** Runs {@code task} on the thread and returns its result, or throws what it throws. */
  static <T> T call(Callable<T> task) {
    return result(EXECUTOR.submit(task));
  }

  /** Runs {@code task} on the thread, or throws what it throws. */
  static void run(Runnable task) {
    result(EXECUTOR.submit(task));
  }

  /** Starts {@code task} on the thread, after what was given to it before, and does not wait. */
  static void start(Runnable task) {
    // As a future, since a bare task that throws would end the thread.
    EXECUTOR.execute(new FutureTask<>(task, null));
  }

  /** Waits whatever comes: an instance half made or half destroyed helps nobody. */
  private static <T> T result(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }
}
