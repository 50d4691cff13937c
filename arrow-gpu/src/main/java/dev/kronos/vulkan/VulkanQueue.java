// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;

import dev.kronos.KronosException;
import java.nio.LongBuffer;
import java.util.List;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VK12;
import org.lwjgl.vulkan.VK13;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkCommandBufferAllocateInfo;
import org.lwjgl.vulkan.VkCommandBufferBeginInfo;
import org.lwjgl.vulkan.VkCommandPoolCreateInfo;
import org.lwjgl.vulkan.VkSemaphoreCreateInfo;
import org.lwjgl.vulkan.VkSemaphoreTypeCreateInfo;
import org.lwjgl.vulkan.VkSemaphoreWaitInfo;

/**
 * Owns a queue's one timeline semaphore. {@link #add} and {@link #flush} are for one thread at a
 * time, which the caller sees to; everything else is safe for many threads.
 */
public final class VulkanQueue implements AutoCloseable {

  /** Most queues of a device that kernels are spread over. */
  public static final int MOST_FOR_KERNELS = 16;

  /** Says what goes before a batch. */
  public enum Lead {
    /** Nothing: no earlier work conflicts with the batch's first commands. */
    NONE,
    /** A global barrier, from a command buffer that was recorded once for all. */
    BARRIER
  }

  private final VulkanDevice device;
  private final PersistentSet set;
  private final DeviceQueue queue;
  private final Teardown owned = new Teardown();
  private final BarrierCommands barriers;
  private final long semaphore;
  private final SubmitBlock block;

  private VulkanQueue(VulkanDevice device, PersistentSet set, DeviceQueue queue) {
    this.device = device;
    this.set = set;
    this.queue = queue;
    this.barriers = owned.add(new BarrierCommands(queue.family()));
    try {
      this.semaphore = createTimeline();
      owned.add(() -> VK10.vkDestroySemaphore(device.device, semaphore, null));
      long pool = createPool();
      owned.add(() -> VK10.vkDestroyCommandPool(device.device, pool, null));
      this.block = owned.add(new SubmitBlock(semaphore, recordBarrier(pool)));
    } catch (KronosException e) {
      owned.close();
      throw e;
    }
  }

  /**
   * Creates the timeline of a queue that runs kernels, at value 0. Where the device has fewer
   * queues, several numbers share one, and calls that add and flush must be kept apart for all of
   * them together.
   *
   * @param number which of the queues, from 0
   */
  public static VulkanQueue forCompute(VulkanDevice device, PersistentSet set, int number) {
    List<DeviceQueue> queues = device.computeQueues;
    return new VulkanQueue(device, set, queues.get(number % queues.size()));
  }

  /**
   * Creates the timeline of the queue for transfers, at value 0. Its commands are copies and fills.
   * Where the device has no queue beside those for kernels, it shares the first of them, and calls
   * that add and flush must be kept apart for both together.
   */
  public static VulkanQueue forTransfers(VulkanDevice device, PersistentSet set) {
    return new VulkanQueue(device, set, device.transferQueue);
  }

  /** Creates a command slot whose commands go to this queue; the caller closes it. */
  public CommandSlot newSlot() {
    return new CommandSlot(device, set, queue.family(), barriers);
  }

  /** Returns whether {@link #flush} must come before the next {@link #add}. */
  public boolean full() {
    return block.full();
  }

  /**
   * Adds recorded commands to the next submission.
   *
   * @param slot ended commands, not in flight
   * @param lead what goes before them
   * @param reached a timeline value that the host has seen reached; 0 at first
   * @param value the timeline value to signal when they are done; above every earlier one
   */
  public void add(CommandSlot slot, Lead lead, long reached, long value) {
    block.add(slot.commands, lead, reached, value);
  }

  /**
   * Makes the batch that was added last wait for another queue as well, of {@value
   * #MOST_FOR_KERNELS} at most.
   *
   * @param other the queue to wait for
   * @param value a value of its timeline that was submitted before
   */
  public void awaitOther(VulkanQueue other, long value) {
    block.awaitOther(other.semaphore, value);
  }

  /**
   * Submits what was added; nothing when nothing was.
   *
   * @throws KronosException.DeviceFailure when the device is lost; it then stays lost
   */
  public void flush() {
    if (block.count() == 0) {
      return;
    }
    int code = VK13.nvkQueueSubmit2(queue.handle(), block.count(), block.address(), 0);
    block.clear();
    failOn(code, "vkQueueSubmit2");
  }

  /** Returns the timeline value reached so far. */
  public long completed() {
    MemoryStack stack = MemoryStack.stackGet();
    int top = stack.getPointer();
    try {
      long value = stack.nmalloc(Long.BYTES, Long.BYTES);
      failOn(
          VK12.nvkGetSemaphoreCounterValue(device.device, semaphore, value),
          "vkGetSemaphoreCounterValue");
      return MemoryUtil.memGetLong(value);
    } finally {
      stack.setPointer(top);
    }
  }

  /**
   * Blocks until the timeline reaches a value or the time is over.
   *
   * @return whether the value was reached
   * @throws KronosException.DeviceFailure when the device is lost
   */
  public boolean await(long value, long timeoutNanos) {
    MemoryStack stack = MemoryStack.stackGet();
    int top = stack.getPointer();
    try {
      long values = stack.nmalloc(Long.BYTES, Long.BYTES);
      MemoryUtil.memPutLong(values, value);
      long semaphores = stack.nmalloc(Long.BYTES, Long.BYTES);
      MemoryUtil.memPutLong(semaphores, semaphore);
      long info = stack.ncalloc(VkSemaphoreWaitInfo.ALIGNOF, 1, VkSemaphoreWaitInfo.SIZEOF);
      VkSemaphoreWaitInfo.nsType(info, VK12.VK_STRUCTURE_TYPE_SEMAPHORE_WAIT_INFO);
      VkSemaphoreWaitInfo.nsemaphoreCount(info, 1);
      MemoryUtil.memPutAddress(info + VkSemaphoreWaitInfo.PSEMAPHORES, semaphores);
      MemoryUtil.memPutAddress(info + VkSemaphoreWaitInfo.PVALUES, values);
      int code = VK12.nvkWaitSemaphores(device.device, info, timeoutNanos);
      failOn(code, "vkWaitSemaphores");
      return code == VK10.VK_SUCCESS;
    } finally {
      stack.setPointer(top);
    }
  }

  /** Waits until the queue is idle, whatever has happened; for teardown. Never throws. */
  public void awaitIdle() {
    VK10.vkQueueWaitIdle(queue.handle());
  }

  @Override
  public void close() {
    owned.close();
  }

  private void failOn(int code, String call) {
    if (code < 0) {
      // Whatever the reason, a value that was promised on the timeline may never be reached.
      KronosException failure = new KronosException.DeviceFailure(VkResults.text(code, call));
      device.fail(failure);
      throw failure;
    }
  }

  private long createTimeline() {
    try (MemoryStack stack = stackPush()) {
      VkSemaphoreTypeCreateInfo type =
          VkSemaphoreTypeCreateInfo.calloc(stack)
              .sType$Default()
              .semaphoreType(VK12.VK_SEMAPHORE_TYPE_TIMELINE);
      VkSemaphoreCreateInfo info =
          VkSemaphoreCreateInfo.calloc(stack).sType$Default().pNext(type.address());
      LongBuffer handle = stack.mallocLong(1);
      check(VK10.vkCreateSemaphore(device.device, info, null, handle), "vkCreateSemaphore");
      return handle.get(0);
    }
  }

  private long createPool() {
    try (MemoryStack stack = stackPush()) {
      VkCommandPoolCreateInfo info =
          VkCommandPoolCreateInfo.calloc(stack)
              .sType$Default()
              .queueFamilyIndex(queue.family().index());
      LongBuffer handle = stack.mallocLong(1);
      check(VK10.vkCreateCommandPool(device.device, info, null, handle), "vkCreateCommandPool");
      return handle.get(0);
    }
  }

  private VkCommandBuffer recordBarrier(long pool) {
    try (MemoryStack stack = stackPush()) {
      VkCommandBufferAllocateInfo info =
          VkCommandBufferAllocateInfo.calloc(stack)
              .sType$Default()
              .commandPool(pool)
              .level(VK10.VK_COMMAND_BUFFER_LEVEL_PRIMARY)
              .commandBufferCount(1);
      PointerBuffer handle = stack.mallocPointer(1);
      check(VK10.vkAllocateCommandBuffers(device.device, info, handle), "vkAllocateCommandBuffers");
      VkCommandBuffer commands = new VkCommandBuffer(handle.get(0), device.device);
      VkCommandBufferBeginInfo begin =
          VkCommandBufferBeginInfo.calloc(stack)
              .sType$Default()
              .flags(VK10.VK_COMMAND_BUFFER_USAGE_SIMULTANEOUS_USE_BIT);
      check(VK10.vkBeginCommandBuffer(commands, begin), "vkBeginCommandBuffer");
      barriers.betweenWork(commands);
      check(VK10.vkEndCommandBuffer(commands), "vkEndCommandBuffer");
      return commands;
    }
  }
}
