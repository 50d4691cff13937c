// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;

import dev.kronos.KronosException;
import java.nio.LongBuffer;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VK13;
import org.lwjgl.vulkan.VkBufferCopy;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkCommandBufferAllocateInfo;
import org.lwjgl.vulkan.VkCommandBufferBeginInfo;
import org.lwjgl.vulkan.VkCommandPoolCreateInfo;
import org.lwjgl.vulkan.VkQueryPoolCreateInfo;

/**
 * Owns one command pool with one command buffer and two timestamps, reused for life. All native
 * structures that recording needs are allocated in the constructor and passed by raw address, so
 * that recording allocates neither native memory nor Java heap.
 *
 * <p>Used by one thread at a time, and not while its commands are in flight.
 */
public final class CommandSlot implements AutoCloseable {

  /** Layout of the scratch block: push root, copy region, two query results, begin info. */
  private static final int COPY_OFFSET = PersistentSet.ROOT_BYTES;

  private static final int QUERY_OFFSET = COPY_OFFSET + VkBufferCopy.SIZEOF;
  private static final int SET_OFFSET = QUERY_OFFSET + 2 * Long.BYTES;
  private static final int SCRATCH_BYTES = SET_OFFSET + Long.BYTES;

  private final Teardown owned = new Teardown();
  private final VulkanDevice device;
  private final PersistentSet set;
  private final QueueFamily family;
  private final BarrierCommands barriers;
  private final long pool;
  private final long queries;
  private final long scratch = MemoryUtil.nmemCallocChecked(1, SCRATCH_BYTES);
  private final VkCommandBufferBeginInfo oneTime =
      owned.add(VkCommandBufferBeginInfo.calloc().sType$Default().flags(BarrierCommands.oneTime()));
  private final VkCommandBufferBeginInfo replayed =
      owned.add(VkCommandBufferBeginInfo.calloc().sType$Default());
  final VkCommandBuffer commands;
  private long bound;
  private boolean rootPushed;

  CommandSlot(
      VulkanDevice device, PersistentSet set, QueueFamily family, BarrierCommands barriers) {
    this.device = device;
    this.set = set;
    this.family = family;
    this.barriers = barriers;
    owned.add(() -> MemoryUtil.nmemFree(scratch));
    MemoryUtil.memPutLong(scratch + SET_OFFSET, set.set);
    try {
      this.pool = createPool();
      owned.add(() -> VK10.vkDestroyCommandPool(device.device, pool, null));
      this.commands = createCommands();
      this.queries = createQueries();
      owned.add(() -> VK10.vkDestroyQueryPool(device.device, queries, null));
    } catch (KronosException e) {
      owned.close();
      throw e;
    }
  }

  /** Starts recording commands that are submitted once. */
  public void begin() {
    begin(oneTime);
  }

  /** Starts recording commands that are submitted again and again, one submission at a time. */
  public void beginReplayed() {
    begin(replayed);
  }

  private void begin(VkCommandBufferBeginInfo info) {
    device.requireSound();
    bound = 0;
    rootPushed = false;
    check(VK10.vkResetCommandPool(device.device, pool, 0), "vkResetCommandPool");
    check(VK10.nvkBeginCommandBuffer(commands, info.address()), "vkBeginCommandBuffer");
    if (family.computes()) {
      bindSet();
    }
    if (queries != 0) {
      VK10.vkCmdResetQueryPool(commands, queries, 0, 2);
      VK13.vkCmdWriteTimestamp2(commands, BarrierCommands.allStages(), queries, 0);
    }
  }

  private void bindSet() {
    VK10.nvkCmdBindDescriptorSets(
        commands,
        VK10.VK_PIPELINE_BIND_POINT_COMPUTE,
        set.layout,
        0,
        1,
        scratch + SET_OFFSET,
        0,
        0);
  }

  /** Makes a pipeline current for the dispatches that follow; nothing when it already is. */
  public void bind(ComputePipeline pipeline) {
    if (bound != pipeline.handle) {
      bound = pipeline.handle;
      VK10.vkCmdBindPipeline(commands, VK10.VK_PIPELINE_BIND_POINT_COMPUTE, bound);
    }
  }

  /**
   * Sets the push root of the dispatch that follows; see {@link PersistentSet} for its layout. Of a
   * root that differs from the last one in the argument table alone, only that address is pushed.
   */
  public void root(long args, long status, int count, int flags) {
    MemoryUtil.memPutLong(scratch, args);
    boolean onlyArguments =
        rootPushed
            && MemoryUtil.memGetLong(scratch + 8) == status
            && MemoryUtil.memGetInt(scratch + 16) == count
            && MemoryUtil.memGetInt(scratch + 20) == flags;
    if (!onlyArguments) {
      MemoryUtil.memPutLong(scratch + 8, status);
      MemoryUtil.memPutInt(scratch + 16, count);
      MemoryUtil.memPutInt(scratch + 20, flags);
    }
    rootPushed = true;
    pushRoot(onlyArguments ? Long.BYTES : PersistentSet.ROOT_BYTES);
  }

  private void pushRoot(int sizeBytes) {
    VK10.nvkCmdPushConstants(
        commands, set.layout, VK10.VK_SHADER_STAGE_COMPUTE_BIT, 0, sizeBytes, scratch);
  }

  /** Records a dispatch of that many workgroups, an unsigned number within the device's limit. */
  public void dispatch(int workgroups) {
    VK10.vkCmdDispatch(commands, workgroups, 1, 1);
  }

  /** Records a dispatch whose three workgroup counts the device reads from a buffer. */
  public void dispatchIndirect(VulkanBuffer counts, long offset) {
    VK10.vkCmdDispatchIndirect(commands, counts.buffer, offset);
  }

  /** Records a global barrier between the work before and the work after. */
  public void barrier() {
    barriers.betweenWork(commands);
  }

  /** Records a copy between ranges that lie inside their buffers and do not overlap. */
  public void copy(
      VulkanBuffer source, long sourceOffset, VulkanBuffer target, long targetOffset, long bytes) {
    long region = scratch + COPY_OFFSET;
    MemoryUtil.memPutLong(region + VkBufferCopy.SRCOFFSET, sourceOffset);
    MemoryUtil.memPutLong(region + VkBufferCopy.DSTOFFSET, targetOffset);
    MemoryUtil.memPutLong(region + VkBufferCopy.SIZE, bytes);
    VK10.nvkCmdCopyBuffer(commands, source.buffer, target.buffer, 1, region);
  }

  /** Records a fill; offset and size are multiples of 4. */
  public void fill(VulkanBuffer target, long offset, long sizeBytes, int word) {
    VK10.vkCmdFillBuffer(commands, target.buffer, offset, sizeBytes, word);
  }

  /** Records that the host will read what was written so far. */
  public void hostBarrier() {
    barriers.beforeHost(commands);
  }

  /** Ends recording. */
  public void end() {
    if (queries != 0) {
      VK13.vkCmdWriteTimestamp2(commands, BarrierCommands.allStages(), queries, 1);
    }
    check(VK10.vkEndCommandBuffer(commands), "vkEndCommandBuffer");
  }

  /** Returns the device time of the last submission, in nanoseconds; 0 without timestamps. */
  public long deviceNanos() {
    if (queries == 0) {
      return 0;
    }
    long results = scratch + QUERY_OFFSET;
    int flags = VK10.VK_QUERY_RESULT_64_BIT;
    int code =
        VK10.nvkGetQueryPoolResults(
            device.device, queries, 0, 2, 2L * Long.BYTES, results, Long.BYTES, flags);
    // VK_NOT_READY or a lost device: a missing time is not worth a failure.
    return code != VK10.VK_SUCCESS
        ? 0
        : device.limits.nanosBetween(
            MemoryUtil.memGetLong(results), MemoryUtil.memGetLong(results + Long.BYTES));
  }

  @Override
  public void close() {
    owned.close();
  }

  private long createPool() {
    try (MemoryStack stack = stackPush()) {
      VkCommandPoolCreateInfo info =
          VkCommandPoolCreateInfo.calloc(stack).sType$Default().queueFamilyIndex(family.index());
      LongBuffer handle = stack.mallocLong(1);
      check(VK10.vkCreateCommandPool(device.device, info, null, handle), "vkCreateCommandPool");
      return handle.get(0);
    }
  }

  private VkCommandBuffer createCommands() {
    try (MemoryStack stack = stackPush()) {
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
  }

  /** A queue for transfers alone cannot reset queries, so its work has no device time. */
  private long createQueries() {
    if (device.limits.timestampBits() == 0 || !family.computes()) {
      return 0;
    }
    try (MemoryStack stack = stackPush()) {
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
}
