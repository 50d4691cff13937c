// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.KronosException;
import dev.kronos.vulkan.DeviceGate;
import dev.kronos.vulkan.VulkanDevice;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Orders the work of all streams of a device and submits it to the queues.
 *
 * <p>Threads do not wait for each other to submit. A thread puts its batch in line under a short
 * lock, which also fixes its timeline value; whoever then finds the queue free submits everything
 * in line with one call, and the others return at once. So there is no submitter thread to wake up
 * (which would cost more than the submission), and under load batches share a driver call.
 *
 * <p>There is one line for all lanes, and work goes to the driver in its order. So whatever work
 * waits for on the device was submitted before, which no device can wait for in vain, even where
 * two lanes share a queue.
 */
final class Submitter {

  private final VulkanDevice device;
  private final DeviceGate gate;

  /** Guards the line and what the lanes know of their order. */
  private final Object order = new Object();

  private final ArrayDeque<Submission> line = new ArrayDeque<>();

  /** Held while submitting; guards the queues. Taken before {@link #order}, never after. */
  private final ReentrantLock submitting = new ReentrantLock();

  private final AtomicLong submits = new AtomicLong();

  Submitter(VulkanDevice device) {
    this.device = device;
    this.gate = device.gate();
  }

  /** Returns how often the driver was asked to submit. */
  long submits() {
    return submits.get();
  }

  /** Returns the timeline value of the last work in line for a lane. */
  long lastValue(Lane lane) {
    synchronized (order) {
      return lane.lastValue();
    }
  }

  /** Makes two lanes respect each other's work from now on. */
  void connect(Lane one, Lane other) {
    synchronized (order) {
      Lane.connect(one, other);
    }
  }

  /**
   * Submits work that is not empty. It belongs to the submitter afterwards, also when this throws.
   *
   * @return the timeline value that is reached when the work is done
   */
  long submit(Submission work) {
    long value;
    long stamp = enter(work);
    try {
      prepare(work);
      value = putInLine(work);
      drain();
    } finally {
      gate.exit(stamp);
    }
    work.lane().batches().retireDone();
    return value;
  }

  private long enter(Submission work) {
    try {
      return gate.enter();
    } catch (KronosException.Closed e) {
      work.refused(work.lane().batches());
      throw e;
    }
  }

  private void prepare(Submission work) {
    try {
      device.requireSound();
      work.prepare();
    } catch (RuntimeException e) {
      work.refused(work.lane().batches());
      throw e;
    }
  }

  private long putInLine(Submission work) {
    synchronized (order) {
      try {
        work.lane().putInLine(work);
      } catch (KronosException e) {
        work.refused(work.lane().batches());
        throw e;
      }
      line.addLast(work);
      return work.value();
    }
  }

  /**
   * Submits what is in line unless another thread is at it. That thread looks at the line again
   * after it has let go of the lock, so nothing is left behind.
   */
  private void drain() {
    while (peek() != null && submitting.tryLock()) {
      try {
        submitLine();
      } finally {
        submitting.unlock();
      }
    }
  }

  private void submitLine() {
    for (Submission work = poll(); work != null; work = poll()) {
      Lane lane = work.lane();
      lane.batches().launched(work);
      work.addToQueue();
      Submission next = peek();
      if (lane.queue().full() || next == null || next.lane() != lane) {
        submits.incrementAndGet();
        lane.queue().flush();
      }
    }
  }

  /** Lets go of work that a failure has left in line; the gate is closed. */
  void dropLine() {
    for (Submission work = poll(); work != null; work = poll()) {
      work.refused(work.lane().batches());
    }
  }

  private Submission peek() {
    synchronized (order) {
      return line.peekFirst();
    }
  }

  private Submission poll() {
    synchronized (order) {
      return line.pollFirst();
    }
  }
}
