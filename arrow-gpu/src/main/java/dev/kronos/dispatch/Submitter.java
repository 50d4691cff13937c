// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.KronosException;
import dev.kronos.vulkan.DeviceGate;
import dev.kronos.vulkan.VulkanDevice;
import dev.kronos.vulkan.VulkanQueue;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Orders the work of all streams on one queue and submits them.
 *
 * <p>Threads do not wait for each other to submit. A thread puts its batch in line under a short
 * lock, which also fixes its timeline value; whoever then finds the queue free submits everything
 * in line with one call, and the others return at once. So there is no submitter thread to wake up
 * (which would cost more than the submission), and under load batches share a driver call.
 *
 * <p>Hazards between batches are tracked over the whole queue: a batch that conflicts with
 * unsynchronised work before it is led by one global barrier.
 */
final class Submitter {

  /** Ranges remembered before a barrier clears them: bounds the time of a lookup. */
  private static final int MAX_RANGES = 1024;

  private final VulkanDevice device;
  private final VulkanQueue queue;
  private final DeviceGate gate;
  private final Timeline timeline;
  private final BatchPool batches;

  /** Guards the line, the order of values and the hazards. */
  private final Object order = new Object();

  private final ArrayDeque<Submission> line = new ArrayDeque<>();
  private final HazardTracker hazards = new HazardTracker();
  private long lastValue;

  /** Held while submitting; guards the queue. Taken before {@link #order}, never after. */
  private final ReentrantLock submitting = new ReentrantLock();

  private final AtomicLong submits = new AtomicLong();

  Submitter(VulkanDevice device, VulkanQueue queue, Timeline timeline, BatchPool batches) {
    this.device = device;
    this.queue = queue;
    this.gate = device.gate();
    this.timeline = timeline;
    this.batches = batches;
  }

  /** Returns how often the driver was asked to submit. */
  long submits() {
    return submits.get();
  }

  /** Returns the timeline value of the last batch in line. */
  long lastValue() {
    synchronized (order) {
      return lastValue;
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
    batches.retireDone();
    return value;
  }

  private long enter(Submission work) {
    try {
      return gate.enter();
    } catch (KronosException.Closed e) {
      work.refused(batches);
      throw e;
    }
  }

  private void prepare(Submission work) {
    try {
      device.requireSound();
      work.prepare();
    } catch (RuntimeException e) {
      work.refused(batches);
      throw e;
    }
  }

  private long putInLine(Submission work) {
    synchronized (order) {
      long reached = timeline.pollInside();
      if (reached >= lastValue) {
        // The work waits for this value on the device, which orders it after all work so far.
        hazards.clear();
      }
      VulkanQueue.Lead lead = VulkanQueue.Lead.NONE;
      if (work.conflicts(hazards) || hazards.rangeCount() > MAX_RANGES) {
        lead = VulkanQueue.Lead.BARRIER;
        work.countLead();
        hazards.clear();
      }
      work.recordTail(hazards);
      work.inLine(lead, reached, ++lastValue);
      line.addLast(work);
      return lastValue;
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
      batches.launched(work);
      queue.add(work.slot(), work.lead(), work.reached(), work.value());
      if (queue.full() || peek() == null) {
        submits.incrementAndGet();
        queue.flush();
      }
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
