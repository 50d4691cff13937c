// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VK13;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkDependencyInfo;
import org.lwjgl.vulkan.VkMemoryBarrier2;

/**
 * Holds the two global barriers that Kronos ever records, in native memory for life, so that
 * recording one writes nothing. One mask set serves every hazard: compute-only work gains from
 * fewer barriers, not from narrower ones. Immutable; safe for many threads.
 */
final class BarrierCommands implements AutoCloseable {

  private static final long READS =
      VK13.VK_ACCESS_2_SHADER_READ_BIT
          | VK13.VK_ACCESS_2_TRANSFER_READ_BIT
          | VK13.VK_ACCESS_2_INDIRECT_COMMAND_READ_BIT;
  private static final long WRITES =
      VK13.VK_ACCESS_2_SHADER_WRITE_BIT | VK13.VK_ACCESS_2_TRANSFER_WRITE_BIT;

  /** Says what a queue can do, which is what its barriers may name. */
  private enum Scope {
    KERNELS_AND_TRANSFERS(
        VK13.VK_PIPELINE_STAGE_2_COMPUTE_SHADER_BIT | VK13.VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT,
        VK13.VK_PIPELINE_STAGE_2_DRAW_INDIRECT_BIT,
        READS | WRITES),
    TRANSFERS(
        VK13.VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT,
        0,
        VK13.VK_ACCESS_2_TRANSFER_READ_BIT | VK13.VK_ACCESS_2_TRANSFER_WRITE_BIT);

    final long from;
    final long to;
    final long access;

    Scope(long stages, long readingStages, long access) {
      this.from = stages;
      this.to = stages | readingStages;
      this.access = access;
    }
  }

  private final VkMemoryBarrier2.Buffer barriers = VkMemoryBarrier2.calloc(2);
  private final VkDependencyInfo work = VkDependencyInfo.calloc().sType$Default();
  private final VkDependencyInfo host = VkDependencyInfo.calloc().sType$Default();

  BarrierCommands(QueueFamily family) {
    Scope scope = family.computes() ? Scope.KERNELS_AND_TRANSFERS : Scope.TRANSFERS;
    barriers
        .get(0)
        .sType$Default()
        .srcStageMask(scope.from)
        .srcAccessMask(WRITES & scope.access)
        .dstStageMask(scope.to)
        .dstAccessMask((READS | WRITES) & scope.access);
    barriers
        .get(1)
        .sType$Default()
        .srcStageMask(scope.from)
        .srcAccessMask(WRITES & scope.access)
        .dstStageMask(VK13.VK_PIPELINE_STAGE_2_HOST_BIT)
        .dstAccessMask(VK13.VK_ACCESS_2_HOST_READ_BIT);
    chain(work, 0);
    chain(host, 1);
  }

  private void chain(VkDependencyInfo info, int index) {
    long entry = barriers.address(index);
    MemoryUtil.memPutAddress(info.address() + VkDependencyInfo.PMEMORYBARRIERS, entry);
    MemoryUtil.memPutInt(info.address() + VkDependencyInfo.MEMORYBARRIERCOUNT, 1);
  }

  /** Orders all earlier device work before all later device work. */
  void betweenWork(VkCommandBuffer commands) {
    VK13.nvkCmdPipelineBarrier2(commands, work.address());
  }

  /** Makes all earlier writes visible to the host, once it has waited for the submission. */
  void beforeHost(VkCommandBuffer commands) {
    VK13.nvkCmdPipelineBarrier2(commands, host.address());
  }

  /** Returns the pipeline stage that stands for all work; for semaphores and timestamps. */
  static long allStages() {
    return VK13.VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT;
  }

  @Override
  public void close() {
    work.free();
    host.free();
    barriers.free();
  }
}
