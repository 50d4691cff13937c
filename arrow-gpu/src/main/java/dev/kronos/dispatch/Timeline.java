// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.KronosException;
import dev.kronos.vulkan.DeviceGate;
import dev.kronos.vulkan.VulkanDevice;
import dev.kronos.vulkan.VulkanQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Follows the timeline of a queue from the host: polls for a short while, because most work is done
 * sooner than a thread can be put to sleep and woken, then blocks. Thread-safe; makes no garbage.
 */
final class Timeline {

  /** Longest single wait in the driver, so that closing and device loss are noticed. */
  private static final long SLICE_NANOS = 50_000_000L;

  private final VulkanQueue queue;
  private final DeviceGate gate;
  private final VulkanDevice device;
  private final long spinNanos;
  private final AtomicLong hostWaits = new AtomicLong();
  private final AtomicLong reached = new AtomicLong();

  Timeline(VulkanDevice device, VulkanQueue queue, long spinNanos) {
    this.device = device;
    this.gate = device.gate();
    this.queue = queue;
    this.spinNanos = spinNanos;
  }

  /** Returns the highest value that the host has seen reached. */
  long reached() {
    return reached.get();
  }

  /** Returns how often a thread blocked in the driver. */
  long hostWaits() {
    return hostWaits.get();
  }

  /**
   * Asks the driver for the value reached.
   *
   * @throws KronosException.DeviceFailure when the device is lost
   */
  long poll() {
    long stamp = gate.enter();
    try {
      return pollInside();
    } finally {
      gate.exit(stamp);
    }
  }

  /** Does as {@link #poll} for a thread that has passed the gate. */
  long pollInside() {
    return raise(queue.completed());
  }

  /**
   * Blocks until a value is reached or the time is over.
   *
   * @return whether it was reached
   * @throws KronosException.DeviceFailure when the device is lost
   * @throws KronosException.Closed when the device is closed before
   */
  boolean await(long value, long timeoutNanos) {
    if (reached.get() >= value) {
      return true;
    }
    long start = System.nanoTime();
    long spin = Math.min(spinNanos, timeoutNanos);
    do {
      if (poll() >= value) {
        return true;
      }
      // The failure may be another call's than this thread's: without this a poller never ends.
      device.requireSound();
      Thread.onSpinWait();
    } while (System.nanoTime() - start < spin);
    return timeoutNanos > spin && block(value, start, timeoutNanos);
  }

  private boolean block(long value, long start, long timeoutNanos) {
    hostWaits.incrementAndGet();
    long left = timeoutNanos - (System.nanoTime() - start);
    while (left > 0) {
      device.requireSound();
      long stamp = gate.enter();
      try {
        if (queue.await(value, Math.min(left, SLICE_NANOS))) {
          raise(value);
          return true;
        }
      } finally {
        gate.exit(stamp);
      }
      left = timeoutNanos - (System.nanoTime() - start);
    }
    return false;
  }

  /** Notes that a value is reached; the gate may be closed. */
  long raise(long value) {
    long seen = reached.get();
    while (seen < value && !reached.compareAndSet(seen, value)) {
      seen = reached.get();
    }
    return Math.max(seen, value);
  }
}
