// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.vulkan.CommandSlot;
import dev.kronos.vulkan.VulkanQueue;

/**
 * Stands for commands that go to the queue as one: a batch that was just recorded or a replay. Its
 * place in the order of the queue is fixed by {@link #inLine}.
 */
abstract class Submission {

  private VulkanQueue.Lead lead = VulkanQueue.Lead.NONE;
  private long reached;
  private long value;

  /** Returns the holder of the native commands. */
  abstract CommandSlot slot();

  /** Makes the native commands and what they read ready. The gate is passed. */
  abstract void prepare();

  /** Returns whether the first level conflicts with work that a tracker knows. */
  abstract boolean conflicts(HazardTracker earlier);

  /** Tells a tracker which of the work no barrier follows: the last level. */
  abstract void recordTail(HazardTracker tracker);

  /** Counts a barrier that was put before the commands. */
  abstract void countLead();

  /** Lets go of what the device needed; the work is done. Called under the pool's lock. */
  abstract void retired(BatchPool pool);

  /** Lets go of what the device would have needed; the work was not submitted. */
  abstract void refused(BatchPool pool);

  /** Notes the place in the order of submission. */
  final void inLine(VulkanQueue.Lead before, long reachedValue, long ownValue) {
    lead = before;
    reached = reachedValue;
    value = ownValue;
  }

  /** Returns what goes before the commands. */
  final VulkanQueue.Lead lead() {
    return lead;
  }

  /** Returns the timeline value to wait for, one that is reached already. */
  final long reached() {
    return reached;
  }

  /** Returns the timeline value that is reached when the work is done; 0 before the first time. */
  final long value() {
    return value;
  }
}
