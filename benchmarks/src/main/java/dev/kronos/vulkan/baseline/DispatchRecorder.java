// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;

import dev.kronos.bench.work.Operand;
import dev.kronos.bench.work.Step;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.List;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkBufferMemoryBarrier;
import org.lwjgl.vulkan.VkCommandBuffer;
import org.lwjgl.vulkan.VkDescriptorBufferInfo;
import org.lwjgl.vulkan.VkDescriptorPoolCreateInfo;
import org.lwjgl.vulkan.VkDescriptorPoolSize;
import org.lwjgl.vulkan.VkDescriptorSetAllocateInfo;
import org.lwjgl.vulkan.VkWriteDescriptorSet;

/**
 * Records dispatches, each with a descriptor set of its own from a pool, after one barrier command
 * that names the buffers with a hazard: written and then read or written, read and then written.
 */
final class DispatchRecorder implements AutoCloseable {

  /** Most dispatches between two resets of the pool. */
  static final int MAX_SETS = 1024;

  private static final int MAX_BINDINGS = 4;
  private static final int PUSH_HEADER_BYTES = 2 * Integer.BYTES;

  private final PlainDevice device;
  private final PlainCounters counters;
  private final long pool;
  private int used;

  DispatchRecorder(PlainDevice device, PlainCounters counters) {
    this.device = device;
    this.counters = counters;
    this.pool = createPool();
  }

  /** Makes room for some dispatches; no set is in use by the device. */
  void reserve(int dispatches) {
    if (used + dispatches > MAX_SETS) {
      check(VK10.vkResetDescriptorPool(device.device, pool, 0), "vkResetDescriptorPool");
      used = 0;
    }
  }

  /** Records a dispatch. */
  void dispatch(PlainCommands target, PlainKernel kernel, Step step, List<PlainBuffer> buffers) {
    VkCommandBuffer commands = target.commands;
    try (MemoryStack stack = stackPush()) {
      barrier(target, step, buffers, stack);
      long set = allocateSet(kernel, stack);
      write(set, kernel, step, buffers, stack);
      VK10.vkCmdBindPipeline(commands, VK10.VK_PIPELINE_BIND_POINT_COMPUTE, kernel.pipeline);
      VK10.vkCmdBindDescriptorSets(
          commands, VK10.VK_PIPELINE_BIND_POINT_COMPUTE, kernel.layout, 0, stack.longs(set), null);
      ByteBuffer push = stack.malloc(PUSH_HEADER_BYTES + step.scalars().length);
      push.putInt(step.count()).putInt(0).put(step.scalars()).flip();
      VK10.vkCmdPushConstants(commands, kernel.layout, VK10.VK_SHADER_STAGE_COMPUTE_BIT, 0, push);
      VK10.vkCmdDispatch(commands, step.workgroups(), 1, 1);
      counters.dispatch(push.remaining());
    }
  }

  private void barrier(
      PlainCommands target, Step step, List<PlainBuffer> buffers, MemoryStack stack) {
    var entries = VkBufferMemoryBarrier.calloc(MAX_BINDINGS, stack);
    for (Operand operand : step.operands()) {
      if (operand.given()) {
        PlainBuffer buffer = buffers.get(operand.array());
        int source = hazard(target, buffer, operand.mode().writes());
        if (source != 0) {
          describe(entries.get(), buffer, source, operand);
        }
        note(target, buffer, operand, source);
      }
    }
    entries.flip();
    if (entries.hasRemaining()) {
      VK10.vkCmdPipelineBarrier(
          target.commands,
          VK10.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT,
          VK10.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT,
          0,
          null,
          entries,
          null);
      counters.barrier(entries.remaining());
    }
  }

  /** Returns the earlier access that a dispatch must come after, or 0. */
  private static int hazard(PlainCommands target, PlainBuffer buffer, boolean writes) {
    if (buffer.written) {
      return VK10.VK_ACCESS_SHADER_WRITE_BIT;
    }
    // A read that the host has waited for is over.
    return writes && !target.done(buffer.readIn) ? VK10.VK_ACCESS_SHADER_READ_BIT : 0;
  }

  private static void describe(
      VkBufferMemoryBarrier entry, PlainBuffer buffer, int source, Operand operand) {
    int reads = operand.mode().reads() ? VK10.VK_ACCESS_SHADER_READ_BIT : 0;
    int writes = operand.mode().writes() ? VK10.VK_ACCESS_SHADER_WRITE_BIT : 0;
    entry
        .sType$Default()
        .srcAccessMask(source)
        .dstAccessMask(reads | writes)
        .srcQueueFamilyIndex(VK10.VK_QUEUE_FAMILY_IGNORED)
        .dstQueueFamilyIndex(VK10.VK_QUEUE_FAMILY_IGNORED)
        .buffer(buffer.handle)
        .offset(0)
        .size(VK10.VK_WHOLE_SIZE);
  }

  private static void note(PlainCommands target, PlainBuffer buffer, Operand operand, int source) {
    if (operand.mode().writes()) {
      buffer.written = true;
      buffer.readIn = 0;
    } else {
      buffer.readIn = target.current();
      if (source != 0) {
        buffer.written = false;
      }
    }
  }

  private long allocateSet(PlainKernel kernel, MemoryStack stack) {
    VkDescriptorSetAllocateInfo info =
        VkDescriptorSetAllocateInfo.calloc(stack)
            .sType$Default()
            .descriptorPool(pool)
            .pSetLayouts(stack.longs(kernel.setLayout));
    LongBuffer handle = stack.mallocLong(1);
    check(VK10.vkAllocateDescriptorSets(device.device, info, handle), "vkAllocateDescriptorSets");
    used++;
    return handle.get(0);
  }

  private void write(
      long set, PlainKernel kernel, Step step, List<PlainBuffer> buffers, MemoryStack stack) {
    int count = kernel.bindings.length;
    VkWriteDescriptorSet.Buffer writes = VkWriteDescriptorSet.calloc(count, stack);
    VkDescriptorBufferInfo.Buffer ranges = VkDescriptorBufferInfo.calloc(count, stack);
    for (int i = 0; i < count; i++) {
      Operand operand = step.operands().get(kernel.bindings[i]);
      ranges.get(i).buffer(buffers.get(operand.array()).handle).range(VK10.VK_WHOLE_SIZE);
      writes
          .get(i)
          .sType$Default()
          .dstSet(set)
          .dstBinding(kernel.bindings[i])
          .descriptorType(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)
          .descriptorCount(1)
          .pBufferInfo(ranges.slice(i, 1));
    }
    VK10.vkUpdateDescriptorSets(device.device, writes, null);
    counters.descriptorSet(count);
  }

  private long createPool() {
    try (MemoryStack stack = stackPush()) {
      VkDescriptorPoolSize.Buffer sizes = VkDescriptorPoolSize.calloc(1, stack);
      sizes
          .get(0)
          .type(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)
          .descriptorCount(MAX_SETS * MAX_BINDINGS);
      VkDescriptorPoolCreateInfo info =
          VkDescriptorPoolCreateInfo.calloc(stack)
              .sType$Default()
              .maxSets(MAX_SETS)
              .pPoolSizes(sizes);
      LongBuffer handle = stack.mallocLong(1);
      check(
          VK10.vkCreateDescriptorPool(device.device, info, null, handle), "vkCreateDescriptorPool");
      return handle.get(0);
    }
  }

  @Override
  public void close() {
    VK10.vkDestroyDescriptorPool(device.device, pool, null);
  }
}
