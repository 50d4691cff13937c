// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;

import java.nio.LongBuffer;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkCommandBufferAllocateInfo;
import org.lwjgl.vulkan.VkCommandBufferBeginInfo;
import org.lwjgl.vulkan.VkCommandPoolCreateInfo;
import org.lwjgl.vulkan.VkFenceCreateInfo;
import org.lwjgl.vulkan.VkQueryPoolCreateInfo;
import org.lwjgl.vulkan.VkSubmitInfo;

/** Owns a command buffer and a fence, used again when the fence has been waited for. */
final class PlainCommands implements AutoCloseable {

  final VkCommandBuffer commands;
  private final PlainDevice device;
  private final PlainCounters counters;
  private final long pool;
  private final long fence;
  private final long queries;

  /** Whether the next submissions are timed by the device. */
  private boolean timed;

  private long deviceNanos;

  /** The submission that is recorded now, and the last one that the host has waited for. */
  private long current = 1;

  private long waited;

  PlainCommands(PlainDevice device, PlainCounters counters) {
    this.device = device;
    this.counters = counters;
    try (MemoryStack stack = stackPush()) {
      pool = createPool(stack);
      commands = createCommands(stack);
      fence = createFence(stack);
      queries = device.timestampBits == 0 ? 0 : createQueries(stack);
    }
  }

  /** Starts recording. */
  void begin() {
    try (MemoryStack stack = stackPush()) {
      VkCommandBufferBeginInfo info =
          VkCommandBufferBeginInfo.calloc(stack)
              .sType$Default()
              .flags(VK10.VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT);
      check(VK10.vkBeginCommandBuffer(commands, info), "vkBeginCommandBuffer");
    }
    if (timed) {
      VK10.vkCmdResetQueryPool(commands, queries, 0, 2);
      VK10.vkCmdWriteTimestamp(commands, VK10.VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, queries, 0);
    }
  }

  /** Ends recording and submits. */
  void submit() {
    if (timed) {
      VK10.vkCmdWriteTimestamp(commands, VK10.VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, queries, 1);
    }
    check(VK10.vkEndCommandBuffer(commands), "vkEndCommandBuffer");
    try (MemoryStack stack = stackPush()) {
      check(VK10.vkResetFences(device.device, stack.longs(fence)), "vkResetFences");
      VkSubmitInfo info =
          VkSubmitInfo.calloc(stack).sType$Default().pCommandBuffers(stack.pointers(commands));
      check(VK10.vkQueueSubmit(device.queue, info, fence), "vkQueueSubmit");
    }
    counters.submission();
  }

  /** Waits for the fence. */
  void await() {
    check(VK10.vkWaitForFences(device.device, fence, true, -1L), "vkWaitForFences");
    counters.hostWait();
    waited = current++;
    if (timed) {
      deviceNanos += readTime();
    }
  }

  /** Returns the number of the submission that is recorded now. */
  long current() {
    return current;
  }

  /** Returns whether the host has waited for a submission. */
  boolean done(long submission) {
    return submission <= waited;
  }

  /** Runs something with each submission timed; returns their sum in nanoseconds. */
  long timed(Runnable work) {
    deviceNanos = 0;
    timed = queries != 0;
    try {
      work.run();
    } finally {
      timed = false;
    }
    return deviceNanos;
  }

  private long readTime() {
    try (MemoryStack stack = stackPush()) {
      LongBuffer ticks = stack.mallocLong(2);
      int flags = VK10.VK_QUERY_RESULT_64_BIT | VK10.VK_QUERY_RESULT_WAIT_BIT;
      check(
          VK10.vkGetQueryPoolResults(device.device, queries, 0, 2, ticks, Long.BYTES, flags),
          "vkGetQueryPoolResults");
      return device.nanosBetween(ticks.get(0), ticks.get(1));
    }
  }

  @Override
  public void close() {
    VK10.vkDestroyQueryPool(device.device, queries, null);
    VK10.vkDestroyFence(device.device, fence, null);
    VK10.vkDestroyCommandPool(device.device, pool, null);
  }

  private long createPool(MemoryStack stack) {
    VkCommandPoolCreateInfo info =
        VkCommandPoolCreateInfo.calloc(stack)
            .sType$Default()
            .flags(VK10.VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT)
            .queueFamilyIndex(device.family);
    LongBuffer handle = stack.mallocLong(1);
    check(VK10.vkCreateCommandPool(device.device, info, null, handle), "vkCreateCommandPool");
    return handle.get(0);
  }

  private VkCommandBuffer createCommands(MemoryStack stack) {
    VkCommandBufferAllocateInfo info =
        VkCommandBufferAllocateInfo.calloc(stack)
            .sType$Default()
            .commandPool(pool)
            .level(VK10.VK_COMMAND_BUFFER_LEVEL_PRIMARY)
            .commandBufferCount(1);
    PointerBuffer handle = stack.mallocPointer(1);
    check(VK10.vkAllocateCommandBuffers(device.device, info, handle), "vkAllocateCommandBuffers");
    return new VkCommandBuffer(handle.get(0), device.device);
  }

  private long createFence(MemoryStack stack) {
    VkFenceCreateInfo info = VkFenceCreateInfo.calloc(stack).sType$Default();
    LongBuffer handle = stack.mallocLong(1);
    check(VK10.vkCreateFence(device.device, info, null, handle), "vkCreateFence");
    return handle.get(0);
  }

  private long createQueries(MemoryStack stack) {
    VkQueryPoolCreateInfo info =
        VkQueryPoolCreateInfo.calloc(stack)
            .sType$Default()
            .queryType(VK10.VK_QUERY_TYPE_TIMESTAMP)
            .queryCount(2);
    LongBuffer handle = stack.mallocLong(1);
    check(VK10.vkCreateQueryPool(device.device, info, null, handle), "vkCreateQueryPool");
    return handle.get(0);
  }
}
