// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.vulkan.CommandSlot;
import dev.kronos.vulkan.VulkanQueue;
import java.util.Arrays;

/**
 * Stands for commands that go to a queue as one: a batch that was just recorded or a replay. Its
 * place in the order of the queue is fixed by {@link #inLine}.
 */
abstract class Submission {

  private final Lane lane;
  private VulkanQueue.Lead lead = VulkanQueue.Lead.NONE;
  private long reached;
  private long value;
  private VulkanQueue[] others = new VulkanQueue[1];
  private long[] otherValues = new long[1];
  private int otherCount;

  /** Creates work that goes to a lane. */
  Submission(Lane lane) {
    this.lane = lane;
  }

  /** Returns the lane that the work goes to. */
  final Lane lane() {
    return lane;
  }

  /** Returns the holder of the native commands. */
  abstract CommandSlot slot();

  /** Makes the native commands and what they read ready. The gate is passed. */
  abstract void prepare();

  /** Returns whether the first level conflicts with work that a tracker knows. */
  abstract boolean conflicts(HazardTracker earlier);

  /** Tells a tracker which of the work no barrier follows: the last level. */
  abstract void recordTail(HazardTracker tracker);

  /** Returns the timeline value of another lane after which the work may start; 0 for at once. */
  abstract long after(InFlight others);

  /** Tells what the work reads and writes until a timeline value is reached. */
  abstract void record(InFlight target, long doneValue);

  /** Counts a barrier that was put before the commands. */
  abstract void countLead();

  /** Counts a wait for another queue. */
  abstract void countQueueWait();

  /** Returns the kernel run whose argument table lies at a device address, or null. */
  abstract Command command(long argumentAddress);

  /** Lets go of what the device needed; the work is done. Called under the pool's lock. */
  abstract void retired(BatchPool pool);

  /** Lets go of what the device would have needed; the work was not submitted. */
  abstract void refused(BatchPool pool);

  /**
   * Notes the place in the order of submission.
   *
   * @param before what goes before the commands
   * @param reachedValue the timeline value to wait for, one that is reached already
   * @param ownValue the timeline value that is reached when the work is done
   */
  final void inLine(VulkanQueue.Lead before, long reachedValue, long ownValue) {
    lead = before;
    reached = reachedValue;
    value = ownValue;
    otherCount = 0;
  }

  /** Notes that the work waits for a value of another queue's timeline, once it is in line. */
  final void startAfter(VulkanQueue other, long otherValue) {
    if (otherCount == others.length) {
      others = Arrays.copyOf(others, 2 * otherCount);
      otherValues = Arrays.copyOf(otherValues, 2 * otherCount);
    }
    others[otherCount] = other;
    otherValues[otherCount++] = otherValue;
  }

  /** Adds the commands to the next submission of their queue. */
  final void addToQueue() {
    lane.queue().add(slot(), lead, reached, value);
    for (int i = 0; i < otherCount; i++) {
      lane.queue().awaitOther(others[i], otherValues[i]);
    }
  }

  /** Returns the timeline value that is reached when the work is done; 0 before the first time. */
  final long value() {
    return value;
  }
}
