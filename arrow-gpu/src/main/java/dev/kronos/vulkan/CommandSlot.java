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
 * <p>Commands that equal those of the last time are not recorded again: the command buffer is
 * submitted once more. Work whose arguments alone change, as most does, so costs the driver no call
 * a command.
 *
 * <p>Used by one thread at a time, and not while its commands are in flight.
 */
public final class CommandSlot implements AutoCloseable {

  /** Layout of the scratch block: push root, copy region, two query results, begin info. */
  private static final int STATUS_OFFSET = 8;

  private static final int COUNT_OFFSET = 16;
  private static final int FLAGS_OFFSET = 20;
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
  private final VkCommandBufferBeginInfo beginInfo =
      owned.add(VkCommandBufferBeginInfo.calloc().sType$Default());
  private final CommandLog log = new CommandLog();
  final VkCommandBuffer commands;

  // The dispatch that is put together.
  private ComputePipeline pipeline;
  private long rootArguments;
  private long rootStatus;
  private long rootWords;

  // What was recorded last.
  private ComputePipeline bound;
  private boolean rootPushed;
  private long pushedWords;

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

  /**
   * Starts naming commands. They may be submitted again and again, one submission at a time. The
   * native commands are made by {@link #end}, where the slot does not hold the very same already.
   */
  public void begin() {
    device.requireSound();
    pipeline = null;
    log.start();
  }

  /** Takes a pipeline for the dispatches that follow. */
  public void bind(ComputePipeline next) {
    pipeline = next;
  }

  /** Sets the push root of the dispatch that follows; see {@link PersistentSet} for its layout. */
  public void root(long args, long status, int count, int flags) {
    rootArguments = args;
    rootStatus = status;
    rootWords = ((long) flags << 32) | (count & 0xFFFF_FFFFL);
  }

  /** Adds a dispatch of that many workgroups, an unsigned number within the device's limit. */
  public void dispatch(int workgroups) {
    log.refer(pipeline, null);
    log.add(CommandLog.Kind.DISPATCH, workgroups, rootArguments, rootStatus, rootWords);
  }

  /** Adds a global barrier between the work before and the work after. */
  public void barrier() {
    log.refer(null, null);
    log.add(CommandLog.Kind.BARRIER, 0, 0, 0, 0);
  }

  /** Adds a copy between ranges that lie inside their buffers and do not overlap. */
  public void copy(
      VulkanBuffer source, long sourceOffset, VulkanBuffer target, long targetOffset, long bytes) {
    log.refer(source, target);
    log.add(CommandLog.Kind.COPY, 0, sourceOffset, targetOffset, bytes);
  }

  /** Adds a fill; offset and size are multiples of 4. */
  public void fill(VulkanBuffer target, long offset, long sizeBytes, int word) {
    log.refer(target, null);
    log.add(CommandLog.Kind.FILL, word, offset, sizeBytes, 0);
  }

  /** Adds that the host will read what was written so far. */
  public void hostBarrier() {
    log.refer(null, null);
    log.add(CommandLog.Kind.HOST_BARRIER, 0, 0, 0, 0);
  }

  /**
   * Makes the commands ready to be submitted.
   *
   * @return whether they are those of the last time, so that none was recorded
   */
  public boolean end() {
    if (log.unchanged()) {
      return true;
    }
    // Until all of them are recorded, the buffer holds nothing that may be submitted.
    log.forget();
    beginNative();
    for (int i = 0; i < log.size(); i++) {
      record(i);
    }
    endNative();
    log.keep();
    return false;
  }

  private void beginNative() {
    bound = null;
    rootPushed = false;
    check(VK10.vkResetCommandPool(device.device, pool, 0), "vkResetCommandPool");
    check(VK10.nvkBeginCommandBuffer(commands, beginInfo.address()), "vkBeginCommandBuffer");
    if (family.computes()) {
      bindSet();
    }
    if (queries != 0) {
      VK10.vkCmdResetQueryPool(commands, queries, 0, 2);
      VK13.vkCmdWriteTimestamp2(commands, BarrierCommands.allStages(), queries, 0);
    }
  }

  private void endNative() {
    if (queries != 0) {
      VK13.vkCmdWriteTimestamp2(commands, BarrierCommands.allStages(), queries, 1);
    }
    check(VK10.vkEndCommandBuffer(commands), "vkEndCommandBuffer");
  }

  private void record(int command) {
    switch (log.kind(command)) {
      case DISPATCH -> recordDispatch(command);
      case COPY -> recordCopy(command);
      case FILL ->
          VK10.vkCmdFillBuffer(
              commands,
              ((VulkanBuffer) log.one(command)).buffer,
              log.word(command, 0),
              log.word(command, 1),
              log.operand(command));
      case BARRIER -> barriers.betweenWork(commands);
      case HOST_BARRIER -> barriers.beforeHost(commands);
    }
  }

  private void recordDispatch(int command) {
    ComputePipeline next = (ComputePipeline) log.one(command);
    if (bound != next) {
      bound = next;
      VK10.vkCmdBindPipeline(commands, VK10.VK_PIPELINE_BIND_POINT_COMPUTE, next.handle);
    }
    pushRoot(log.word(command, 0), log.word(command, 1), log.word(command, 2));
    VK10.vkCmdDispatch(commands, log.operand(command), 1, 1);
  }

  private void recordCopy(int command) {
    long region = scratch + COPY_OFFSET;
    MemoryUtil.memPutLong(region + VkBufferCopy.SRCOFFSET, log.word(command, 0));
    MemoryUtil.memPutLong(region + VkBufferCopy.DSTOFFSET, log.word(command, 1));
    MemoryUtil.memPutLong(region + VkBufferCopy.SIZE, log.word(command, 2));
    long source = ((VulkanBuffer) log.one(command)).buffer;
    long target = ((VulkanBuffer) log.other(command)).buffer;
    VK10.nvkCmdCopyBuffer(commands, source, target, 1, region);
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

  /**
   * Pushes the root of a dispatch. Of one that differs from the last one in the argument table
   * alone, only that address is pushed.
   */
  private void pushRoot(long args, long status, long countAndFlags) {
    MemoryUtil.memPutLong(scratch, args);
    boolean onlyArguments =
        rootPushed
            && MemoryUtil.memGetLong(scratch + STATUS_OFFSET) == status
            && pushedWords == countAndFlags;
    if (!onlyArguments) {
      MemoryUtil.memPutLong(scratch + STATUS_OFFSET, status);
      MemoryUtil.memPutInt(scratch + COUNT_OFFSET, (int) countAndFlags);
      MemoryUtil.memPutInt(scratch + FLAGS_OFFSET, (int) (countAndFlags >>> 32));
      pushedWords = countAndFlags;
    }
    rootPushed = true;
    VK10.nvkCmdPushConstants(
        commands,
        set.layout,
        VK10.VK_SHADER_STAGE_COMPUTE_BIT,
        0,
        onlyArguments ? Long.BYTES : PersistentSet.ROOT_BYTES,
        scratch);
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
