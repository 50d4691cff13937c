// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import dev.kronos.bench.program.Tally;
import org.lwjgl.system.Pointer;
import org.lwjgl.vulkan.VkBufferMemoryBarrier;
import org.lwjgl.vulkan.VkCommandBufferBeginInfo;
import org.lwjgl.vulkan.VkDescriptorBufferInfo;
import org.lwjgl.vulkan.VkDescriptorSetAllocateInfo;
import org.lwjgl.vulkan.VkSubmitInfo;
import org.lwjgl.vulkan.VkWriteDescriptorSet;

/**
 * Counts what the program does, and here alone the native bytes that it writes for the driver: the
 * structures and handle arrays of each call, at the size that C has them.
 *
 * <pre>
 * descriptor set   VkDescriptorSetAllocateInfo, a layout handle, and for each binding
 *                  VkWriteDescriptorSet and VkDescriptorBufferInfo; the set's handle to bind it
 * dispatch         its push constants
 * barrier          VkBufferMemoryBarrier for each buffer
 * submission       VkCommandBufferBeginInfo, VkSubmitInfo, a command buffer's handle, and the
 *                  fence's handle to reset it and to wait for it
 * </pre>
 */
final class PlainCounters {

  private static final int HANDLE = Long.BYTES;
  private static final int SUBMISSION_BYTES =
      VkCommandBufferBeginInfo.SIZEOF + VkSubmitInfo.SIZEOF + Pointer.POINTER_SIZE + 2 * HANDLE;
  private static final int SET_BYTES = VkDescriptorSetAllocateInfo.SIZEOF + 2 * HANDLE;
  private static final int BINDING_BYTES =
      VkWriteDescriptorSet.SIZEOF + VkDescriptorBufferInfo.SIZEOF;

  private long dispatches;
  private long barriers;
  private long bufferBarriers;
  private long submits;
  private long waits;
  private long descriptorUpdates;
  private long nativeBytes;
  private long allocations;

  void descriptorSet(int bindings) {
    descriptorUpdates += bindings;
    nativeBytes += SET_BYTES + (long) bindings * BINDING_BYTES;
  }

  void dispatch(int pushBytes) {
    dispatches++;
    nativeBytes += pushBytes;
  }

  void barrier(int buffers) {
    barriers++;
    bufferBarriers += buffers;
    nativeBytes += (long) buffers * VkBufferMemoryBarrier.SIZEOF;
  }

  void submission() {
    submits++;
    nativeBytes += SUBMISSION_BYTES;
  }

  void hostWait() {
    waits++;
  }

  void allocation() {
    allocations++;
  }

  Tally tally() {
    return new Tally(
        dispatches,
        barriers,
        bufferBarriers,
        0,
        submits,
        waits,
        descriptorUpdates,
        nativeBytes,
        allocations);
  }
}
