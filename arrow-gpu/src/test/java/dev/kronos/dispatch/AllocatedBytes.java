// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures how many bytes of Java heap the current thread allocates. */
public final class AllocatedBytes {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedBytes() {}

  /** Runs a task until tables have grown and code is compiled. */
  public static void warmUp(Runnable task) {
    for (int i = 0; i < 500; i++) {
      task.run();
    }
  }

  /** Returns the bytes allocated while a task ran a number of times. */
  public static long during(Runnable task, int times) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    for (int i = 0; i < times; i++) {
      task.run();
    }
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }
}
