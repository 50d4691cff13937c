// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Reads how much Java heap threads have allocated. */
final class HeapBytes {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private HeapBytes() {}

  /** Returns the bytes that the current thread has allocated since it began. */
  static long ofThread() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
