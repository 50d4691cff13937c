// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import static org.lwjgl.system.MemoryStack.stackPush;

import dev.kronos.vulkan.baseline.PlainBuffer.Place;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkBufferCopy;
import org.lwjgl.vulkan.VkMemoryBarrier;

/**
 * Moves bytes to, from and between device buffers, through mapped buffers that are kept and grow.
 * Each transfer is a submission that is waited for, with barriers to the kernels on both sides.
 */
final class Staging implements AutoCloseable {

  private static final int KERNELS_AND_TRANSFERS =
      VK10.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK10.VK_PIPELINE_STAGE_TRANSFER_BIT;
  private static final int ALL_ACCESS =
      VK10.VK_ACCESS_MEMORY_READ_BIT | VK10.VK_ACCESS_MEMORY_WRITE_BIT;

  private final PlainDevice device;
  private final PlainCommands commands;
  private final PlainCounters counters;
  private PlainBuffer upload;
  private PlainBuffer readback;

  Staging(PlainDevice device, PlainCommands commands, PlainCounters counters) {
    this.device = device;
    this.commands = commands;
    this.counters = counters;
  }

  /** Copies an array to the start of a buffer. */
  void upload(byte[] source, PlainBuffer target) {
    upload = atLeast(source.length, upload, Place.UPLOAD);
    MemoryUtil.memByteBuffer(upload.hostAddress, source.length).put(source);
    copy(upload, target, source.length);
  }

  /** Copies the start of a buffer to an array. */
  void download(PlainBuffer source, byte[] target) {
    readback = atLeast(target.length, readback, Place.READBACK);
    copy(source, readback, target.length);
    MemoryUtil.memByteBuffer(readback.hostAddress, target.length).get(target);
  }

  /** Copies the start of a buffer to the start of another. */
  void copy(PlainBuffer source, PlainBuffer target, long sizeBytes) {
    commands.begin();
    barrier(KERNELS_AND_TRANSFERS, VK10.VK_PIPELINE_STAGE_TRANSFER_BIT);
    try (MemoryStack stack = stackPush()) {
      VkBufferCopy.Buffer region = VkBufferCopy.calloc(1, stack).size(sizeBytes);
      VK10.vkCmdCopyBuffer(commands.commands, source.handle, target.handle, region);
    }
    submit();
  }

  /** Fills the start of a buffer with a 32-bit pattern. */
  void fill(PlainBuffer target, long sizeBytes, int word) {
    commands.begin();
    barrier(KERNELS_AND_TRANSFERS, VK10.VK_PIPELINE_STAGE_TRANSFER_BIT);
    VK10.vkCmdFillBuffer(commands.commands, target.handle, 0, sizeBytes, word);
    submit();
  }

  private void submit() {
    barrier(
        VK10.VK_PIPELINE_STAGE_TRANSFER_BIT,
        KERNELS_AND_TRANSFERS | VK10.VK_PIPELINE_STAGE_HOST_BIT);
    commands.submit();
    commands.await();
  }

  private void barrier(int from, int to) {
    try (MemoryStack stack = stackPush()) {
      VkMemoryBarrier.Buffer all = VkMemoryBarrier.calloc(1, stack);
      all.get(0).sType$Default().srcAccessMask(ALL_ACCESS).dstAccessMask(ALL_ACCESS);
      VK10.vkCmdPipelineBarrier(commands.commands, from, to, 0, all, null, null);
    }
  }

  private PlainBuffer atLeast(long sizeBytes, PlainBuffer known, Place place) {
    if (known != null && known.sizeBytes >= sizeBytes) {
      return known;
    }
    if (known != null) {
      known.close();
    }
    counters.allocation();
    return new PlainBuffer(device, sizeBytes, place);
  }

  /** Frees the mapped buffers; the next transfer makes new ones. */
  void trim() {
    if (upload != null) {
      upload.close();
    }
    if (readback != null) {
      readback.close();
    }
    upload = null;
    readback = null;
  }

  @Override
  public void close() {
    trim();
  }
}
