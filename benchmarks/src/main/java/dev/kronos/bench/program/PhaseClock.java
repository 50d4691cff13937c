// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.program;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Adds up the time that the current thread works for a batch. It takes two times of each phase: CPU
 * time of the thread, which other threads and processes do not disturb, and elapsed time. What
 * reading the clocks costs itself is measured once and taken off. For one thread.
 */
public final class PhaseClock {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int CALIBRATIONS = 20_001;

  private final boolean on;
  private final long cpuCost;
  private final long hostCost;
  private long cpuStart;
  private long hostStart;
  private long cpuLast;
  private long hostLast;
  private long cpuTotal;
  private long hostTotal;

  private PhaseClock(boolean on, long cpuCost, long hostCost) {
    this.on = on;
    this.cpuCost = cpuCost;
    this.hostCost = hostCost;
  }

  /** Returns a clock that stands still, for runs that are timed as a whole. */
  public static PhaseClock off() {
    return new PhaseClock(false, 0, 0);
  }

  /** Returns a clock at zero, after measuring what empty phases take. */
  public static PhaseClock calibrated() {
    PhaseClock raw = new PhaseClock(true, 0, 0);
    long[] cpu = new long[CALIBRATIONS];
    long[] host = new long[CALIBRATIONS];
    for (int i = 0; i < CALIBRATIONS; i++) {
      raw.start();
      raw.stop();
      cpu[i] = raw.cpuLast;
      host[i] = raw.hostLast;
    }
    Arrays.sort(cpu);
    Arrays.sort(host);
    return new PhaseClock(true, cpu[CALIBRATIONS / 2], host[CALIBRATIONS / 2]);
  }

  /** Returns whether phases are counted. */
  public boolean on() {
    return on;
  }

  /** Starts a phase. */
  public void start() {
    if (on) {
      hostStart = System.nanoTime();
      cpuStart = THREADS.getCurrentThreadCpuTime();
    }
  }

  /** Ends a phase and counts it. */
  public void stop() {
    if (on) {
      cpuLast = Math.max(0, THREADS.getCurrentThreadCpuTime() - cpuStart - cpuCost);
      hostLast = Math.max(0, System.nanoTime() - hostStart - hostCost);
      cpuTotal += cpuLast;
      hostTotal += hostLast;
    }
  }

  /** Takes the phase that ended last out of the count. */
  public void discard() {
    cpuTotal -= cpuLast;
    hostTotal -= hostLast;
  }

  /** Goes back to zero. */
  public void clear() {
    cpuTotal = 0;
    hostTotal = 0;
  }

  /** Returns the CPU time of the phases in nanoseconds. */
  public long cpuNanos() {
    return cpuTotal;
  }

  /** Returns the elapsed time of the phases in nanoseconds. */
  public long hostNanos() {
    return hostTotal;
  }

  /** Returns the CPU nanoseconds that are taken off each phase. */
  public long costNanos() {
    return cpuCost;
  }
}
