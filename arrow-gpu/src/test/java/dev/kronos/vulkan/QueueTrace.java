// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VK13;
import org.lwjgl.vulkan.VkBufferCopy;
import org.lwjgl.vulkan.VkCommandBufferSubmitInfo;
import org.lwjgl.vulkan.VkDependencyInfo;
import org.lwjgl.vulkan.VkMemoryBarrier2;
import org.lwjgl.vulkan.VkSubmitInfo2;

/**
 * Follows what a queue is really told to do: keeps the commands of every command buffer as they are
 * recorded, and on each {@code vkQueueSubmit2} appends those of the submitted buffers to one list a
 * batch. Install before the device is opened, because one command buffer is recorded then.
 */
public final class QueueTrace implements CallInterceptor.Observer {

  /** Offset of {@code flags} in the push root. */
  private static final int FLAGS_OFFSET = 20;

  private final Map<Long, List<Event>> recorded = new ConcurrentHashMap<>();
  private final Map<Long, Integer> flags = new ConcurrentHashMap<>();
  private final List<Batch> batches = new ArrayList<>();

  /** Says what a command does. */
  public enum Kind {
    /** A barrier between device work. */
    BARRIER,
    /** A barrier that makes writes visible to the host. */
    HOST_BARRIER,
    /** A run of a kernel, marked by its flags. */
    DISPATCH,
    /** A copy, marked by {@link #copyMark}. */
    COPY,
    /** A fill, marked by its word. */
    FILL
  }

  /**
   * Describes a command.
   *
   * @param kind what it does
   * @param mark what tells it from others of its kind
   */
  public record Event(Kind kind, long mark) {}

  /**
   * Describes one entry of a submission.
   *
   * @param waits the timeline value that it waits for
   * @param signals the timeline value that it sets
   * @param events its commands in order
   */
  public record Batch(long waits, long signals, List<Event> events) {}

  /** Returns the batches submitted so far, in the order of the queue. */
  public synchronized List<Batch> batches() {
    return List.copyOf(batches);
  }

  /** Returns how many commands of a kind were submitted; a replayed one counts each time. */
  public long submitted(Kind kind) {
    return batches().stream()
        .flatMap(batch -> batch.events().stream())
        .filter(event -> event.kind() == kind)
        .count();
  }

  /** Forgets the batches so far. */
  public synchronized void clear() {
    batches.clear();
  }

  @Override
  public void called(String call, long[] arguments) {
    switch (call) {
      case "vkBeginCommandBuffer" -> recorded.put(arguments[0], new ArrayList<>());
      case "vkCmdPushConstants" ->
          flags.put(arguments[0], MemoryUtil.memGetInt(arguments[5] + FLAGS_OFFSET));
      case "vkCmdDispatch" ->
          record(arguments[0], Kind.DISPATCH, flags.getOrDefault(arguments[0], 0));
      case "vkCmdCopyBuffer" -> record(arguments[0], Kind.COPY, copyMark(arguments[4]));
      case "vkCmdFillBuffer" -> record(arguments[0], Kind.FILL, (int) arguments[4]);
      case "vkCmdPipelineBarrier2" -> record(arguments[0], barrier(arguments[1]), 0);
      case "vkQueueSubmit2" -> submit(arguments[1], arguments[2]);
      default -> {
        return;
      }
    }
  }

  /** Returns the mark of a copy between places in slabs. Sizes alone would soon be the same. */
  public static long copyMark(long sourceOffset, long targetOffset, long sizeBytes) {
    return (sourceOffset * 0x9E3779B97F4A7C15L + targetOffset) * 0x9E3779B97F4A7C15L + sizeBytes;
  }

  private static long copyMark(long region) {
    return copyMark(
        MemoryUtil.memGetLong(region + VkBufferCopy.SRCOFFSET),
        MemoryUtil.memGetLong(region + VkBufferCopy.DSTOFFSET),
        MemoryUtil.memGetLong(region + VkBufferCopy.SIZE));
  }

  private void record(long commands, Kind kind, long mark) {
    recorded.get(commands).add(new Event(kind, mark));
  }

  private static Kind barrier(long dependency) {
    VkMemoryBarrier2.Buffer barriers = VkDependencyInfo.create(dependency).pMemoryBarriers();
    boolean host = (barriers.get(0).dstStageMask() & VK13.VK_PIPELINE_STAGE_2_HOST_BIT) != 0;
    return host ? Kind.HOST_BARRIER : Kind.BARRIER;
  }

  private synchronized void submit(long count, long infos) {
    for (VkSubmitInfo2 info : VkSubmitInfo2.create(infos, (int) count)) {
      List<Event> events = new ArrayList<>();
      info.pCommandBufferInfos().forEach(entry -> events.addAll(recorded.get(handle(entry))));
      batches.add(
          new Batch(
              info.pWaitSemaphoreInfos().get(0).value(),
              info.pSignalSemaphoreInfos().get(0).value(),
              List.copyOf(events)));
    }
  }

  private static long handle(VkCommandBufferSubmitInfo entry) {
    return MemoryUtil.memGetAddress(entry.address() + VkCommandBufferSubmitInfo.COMMANDBUFFER);
  }
}
