// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkCommandBufferSubmitInfo;
import org.lwjgl.vulkan.VkSemaphoreSubmitInfo;
import org.lwjgl.vulkan.VkSubmitInfo2;

/**
 * Holds the native structures of one {@code vkQueueSubmit2} of up to {@value #CAPACITY} batches,
 * for life. What never changes (types, counts, pointers, the semaphore) is written once; a batch
 * then writes four to five words, and three for each other queue. Not thread-safe.
 *
 * <p>Each batch waits for the timeline value that the host last saw. That value is reached, so the
 * wait costs nothing, but it makes the results of everything up to it visible without a barrier. A
 * batch may also wait for the timelines of other queues.
 */
final class SubmitBlock implements AutoCloseable {

  /** Most batches of one submission. */
  static final int CAPACITY = 32;

  /** A batch waits for its own queue, for others with kernels, and for the one for transfers. */
  private static final int WAITS = VulkanQueue.MOST_FOR_KERNELS + 1;

  private final VkSubmitInfo2.Buffer infos = VkSubmitInfo2.calloc(CAPACITY);
  private final VkCommandBufferSubmitInfo.Buffer commands =
      VkCommandBufferSubmitInfo.calloc(2 * CAPACITY);
  private final VkSemaphoreSubmitInfo.Buffer waits = VkSemaphoreSubmitInfo.calloc(WAITS * CAPACITY);
  private final VkSemaphoreSubmitInfo.Buffer signals = VkSemaphoreSubmitInfo.calloc(CAPACITY);
  private final VkCommandBuffer barrier;
  private int count;

  SubmitBlock(long semaphore, VkCommandBuffer barrier) {
    this.barrier = barrier;
    for (int i = 0; i < 2 * CAPACITY; i++) {
      commands.get(i).sType$Default();
    }
    for (int i = 0; i < CAPACITY; i++) {
      for (int wait = 0; wait < WAITS; wait++) {
        connect(waits.get(WAITS * i + wait), semaphore);
      }
      connect(signals.get(i), semaphore);
      infos.get(i).sType$Default();
      long info = infos.address(i);
      MemoryUtil.memPutAddress(info + VkSubmitInfo2.PWAITSEMAPHOREINFOS, waits.address(WAITS * i));
      MemoryUtil.memPutInt(info + VkSubmitInfo2.SIGNALSEMAPHOREINFOCOUNT, 1);
      MemoryUtil.memPutAddress(info + VkSubmitInfo2.PSIGNALSEMAPHOREINFOS, signals.address(i));
      MemoryUtil.memPutAddress(info + VkSubmitInfo2.PCOMMANDBUFFERINFOS, commands.address(2 * i));
    }
  }

  private static void connect(VkSemaphoreSubmitInfo info, long semaphore) {
    info.sType$Default().semaphore(semaphore).stageMask(BarrierCommands.allStages());
  }

  void clear() {
    count = 0;
  }

  boolean full() {
    return count == CAPACITY;
  }

  int count() {
    return count;
  }

  long address() {
    return infos.address();
  }

  /** Adds a batch. */
  void add(VkCommandBuffer work, VulkanQueue.Lead lead, long waitValue, long signalValue) {
    long first = commands.address(2 * count) + VkCommandBufferSubmitInfo.COMMANDBUFFER;
    boolean ordered = lead == VulkanQueue.Lead.BARRIER;
    if (ordered) {
      MemoryUtil.memPutAddress(first, barrier.address());
    }
    long own = ordered ? first + VkCommandBufferSubmitInfo.SIZEOF : first;
    MemoryUtil.memPutAddress(own, work.address());
    long info = infos.address(count);
    MemoryUtil.memPutInt(info + VkSubmitInfo2.COMMANDBUFFERINFOCOUNT, ordered ? 2 : 1);
    MemoryUtil.memPutInt(info + VkSubmitInfo2.WAITSEMAPHOREINFOCOUNT, 1);
    MemoryUtil.memPutLong(waits.address(WAITS * count) + VkSemaphoreSubmitInfo.VALUE, waitValue);
    MemoryUtil.memPutLong(signals.address(count) + VkSemaphoreSubmitInfo.VALUE, signalValue);
    count++;
  }

  /** Makes the batch that was added last wait for the timeline of another queue as well. */
  void awaitOther(long semaphore, long value) {
    int last = count - 1;
    long waiting = infos.address(last) + VkSubmitInfo2.WAITSEMAPHOREINFOCOUNT;
    int before = MemoryUtil.memGetInt(waiting);
    long wait = waits.address(WAITS * last + before);
    MemoryUtil.memPutLong(wait + VkSemaphoreSubmitInfo.SEMAPHORE, semaphore);
    MemoryUtil.memPutLong(wait + VkSemaphoreSubmitInfo.VALUE, value);
    MemoryUtil.memPutInt(waiting, before + 1);
  }

  @Override
  public void close() {
    infos.free();
    commands.free();
    waits.free();
    signals.free();
  }
}
