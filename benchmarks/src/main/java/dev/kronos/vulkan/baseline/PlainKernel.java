// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;

import dev.kronos.vulkan.spirv.SpirvModule;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkComputePipelineCreateInfo;
import org.lwjgl.vulkan.VkDescriptorSetLayoutBinding;
import org.lwjgl.vulkan.VkDescriptorSetLayoutCreateInfo;
import org.lwjgl.vulkan.VkPipelineLayoutCreateInfo;
import org.lwjgl.vulkan.VkPushConstantRange;
import org.lwjgl.vulkan.VkShaderModuleCreateInfo;

/**
 * Owns the pipeline of a kernel, with a layout of storage buffers and push constants of its own.
 */
final class PlainKernel implements AutoCloseable {

  final int[] bindings;
  final int pushBytes;
  final long setLayout;
  final long layout;
  final long pipeline;
  private final PlainDevice device;

  PlainKernel(PlainDevice device, SpirvModule module) {
    this.device = device;
    bindings = module.bindings().stream().sorted().mapToInt(Integer::intValue).toArray();
    pushBytes = module.pushConstantBytes();
    try (MemoryStack stack = stackPush()) {
      setLayout = createSetLayout(stack);
      layout = createLayout(stack);
      pipeline = createPipeline(module, stack);
    }
  }

  private long createSetLayout(MemoryStack stack) {
    var entries = VkDescriptorSetLayoutBinding.calloc(bindings.length, stack);
    for (int i = 0; i < bindings.length; i++) {
      entries
          .get(i)
          .binding(bindings[i])
          .descriptorType(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)
          .descriptorCount(1)
          .stageFlags(VK10.VK_SHADER_STAGE_COMPUTE_BIT);
    }
    var info = VkDescriptorSetLayoutCreateInfo.calloc(stack).sType$Default().pBindings(entries);
    LongBuffer handle = stack.mallocLong(1);
    check(
        VK10.vkCreateDescriptorSetLayout(device.device, info, null, handle),
        "vkCreateDescriptorSetLayout");
    return handle.get(0);
  }

  private long createLayout(MemoryStack stack) {
    VkPushConstantRange.Buffer range = VkPushConstantRange.calloc(1, stack);
    range.get(0).stageFlags(VK10.VK_SHADER_STAGE_COMPUTE_BIT).size(pushBytes);
    VkPipelineLayoutCreateInfo info =
        VkPipelineLayoutCreateInfo.calloc(stack)
            .sType$Default()
            .pSetLayouts(stack.longs(setLayout))
            .pPushConstantRanges(range);
    LongBuffer handle = stack.mallocLong(1);
    check(VK10.vkCreatePipelineLayout(device.device, info, null, handle), "vkCreatePipelineLayout");
    return handle.get(0);
  }

  private long createPipeline(SpirvModule source, MemoryStack stack) {
    long module = createModule(source, stack);
    VkComputePipelineCreateInfo.Buffer info = VkComputePipelineCreateInfo.calloc(1, stack);
    info.get(0)
        .sType$Default()
        .layout(layout)
        .stage()
        .sType$Default()
        .stage(VK10.VK_SHADER_STAGE_COMPUTE_BIT)
        .module(module)
        .pName(stack.UTF8("main"));
    LongBuffer handle = stack.mallocLong(1);
    int code = VK10.vkCreateComputePipelines(device.device, 0, info, null, handle);
    VK10.vkDestroyShaderModule(device.device, module, null);
    check(code, "vkCreateComputePipelines");
    return handle.get(0);
  }

  private long createModule(SpirvModule source, MemoryStack stack) {
    byte[] words = source.code();
    ByteBuffer code = MemoryUtil.memAlloc(words.length).put(words).flip();
    try {
      VkShaderModuleCreateInfo info =
          VkShaderModuleCreateInfo.calloc(stack).sType$Default().pCode(code);
      LongBuffer handle = stack.mallocLong(1);
      check(VK10.vkCreateShaderModule(device.device, info, null, handle), "vkCreateShaderModule");
      return handle.get(0);
    } finally {
      MemoryUtil.memFree(code);
    }
  }

  @Override
  public void close() {
    VK10.vkDestroyPipeline(device.device, pipeline, null);
    VK10.vkDestroyPipelineLayout(device.device, layout, null);
    VK10.vkDestroyDescriptorSetLayout(device.device, setLayout, null);
  }
}
