// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;

import dev.kronos.KronosException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkComputePipelineCreateInfo;
import org.lwjgl.vulkan.VkPipelineCacheCreateInfo;
import org.lwjgl.vulkan.VkShaderModuleCreateInfo;

/**
 * Turns SPIR-V into compute pipelines, through one native pipeline cache. Owns every pipeline it
 * made. Safe for many threads.
 */
public final class PipelineFactory implements AutoCloseable {

  private final VulkanDevice device;
  private final PersistentSet set;
  private final long cache;
  private final Queue<ComputePipeline> made = new ConcurrentLinkedQueue<>();

  /**
   * Creates a factory.
   *
   * @param device the device, which must outlive the factory
   * @param set holder of the one pipeline layout
   * @param initialCache what {@link #cacheData} returned in an earlier run on the same device and
   *     driver, already checked with {@link PipelineCacheHeader}; empty when there is none
   */
  public PipelineFactory(VulkanDevice device, PersistentSet set, byte[] initialCache) {
    this.device = device;
    this.set = set;
    this.cache = createCache(initialCache);
  }

  /**
   * Creates a pipeline.
   *
   * @param name for messages
   * @param spirv a validated module with the entry point {@code main}
   * @return the pipeline, valid until the factory is closed
   * @throws KronosException.DeviceFailure where the driver cannot compile it, too
   */
  public ComputePipeline create(String name, byte[] spirv) {
    device.requireSound();
    if (spirv.length == 0 || spirv.length % Integer.BYTES != 0) {
      throw new KronosException.InvalidArgument(
          KronosException.message(
              "not a SPIR-V module", "kernel", name, "sizeBytes", spirv.length));
    }
    long module = createModule(spirv);
    try {
      ComputePipeline pipeline = new ComputePipeline(createPipeline(module));
      made.add(pipeline);
      return pipeline;
    } finally {
      VK10.vkDestroyShaderModule(device.device, module, null);
    }
  }

  /**
   * Returns the content of the native pipeline cache, for the next run.
   *
   * @param others what other runs have kept since this one began, to be part of it; checked as in
   *     the constructor, empty when there is none
   */
  public byte[] cacheData(byte[] others) {
    // Into a cache of its own: the one merged into must not be in use by other threads.
    long merged = createCache(others);
    try (MemoryStack stack = stackPush()) {
      check(
          VK10.vkMergePipelineCaches(device.device, merged, stack.longs(cache)),
          "vkMergePipelineCaches");
      return contentOf(merged);
    } finally {
      VK10.vkDestroyPipelineCache(device.device, merged, null);
    }
  }

  private byte[] contentOf(long handle) {
    try (MemoryStack stack = stackPush()) {
      PointerBuffer size = stack.mallocPointer(1);
      check(
          VK10.vkGetPipelineCacheData(device.device, handle, size, null), "vkGetPipelineCacheData");
      ByteBuffer data = MemoryUtil.memAlloc(Math.toIntExact(size.get(0)));
      try {
        check(
            VK10.vkGetPipelineCacheData(device.device, handle, size, data),
            "vkGetPipelineCacheData");
        byte[] copy = new byte[Math.toIntExact(size.get(0))];
        data.get(copy);
        return copy;
      } finally {
        MemoryUtil.memFree(data);
      }
    }
  }

  @Override
  public void close() {
    for (ComputePipeline pipeline = made.poll(); pipeline != null; pipeline = made.poll()) {
      VK10.vkDestroyPipeline(device.device, pipeline.handle, null);
    }
    VK10.vkDestroyPipelineCache(device.device, cache, null);
  }

  private long createCache(byte[] initial) {
    ByteBuffer data = MemoryUtil.memAlloc(Math.max(1, initial.length));
    data.put(initial).flip();
    try (MemoryStack stack = stackPush()) {
      VkPipelineCacheCreateInfo info =
          VkPipelineCacheCreateInfo.calloc(stack).sType$Default().pInitialData(data);
      LongBuffer handle = stack.mallocLong(1);
      check(VK10.vkCreatePipelineCache(device.device, info, null, handle), "vkCreatePipelineCache");
      return handle.get(0);
    } finally {
      MemoryUtil.memFree(data);
    }
  }

  private long createModule(byte[] spirv) {
    ByteBuffer code = MemoryUtil.memAlloc(spirv.length);
    code.put(spirv).flip();
    try (MemoryStack stack = stackPush()) {
      VkShaderModuleCreateInfo info =
          VkShaderModuleCreateInfo.calloc(stack).sType$Default().pCode(code);
      LongBuffer handle = stack.mallocLong(1);
      check(VK10.vkCreateShaderModule(device.device, info, null, handle), "vkCreateShaderModule");
      return handle.get(0);
    } finally {
      MemoryUtil.memFree(code);
    }
  }

  private long createPipeline(long module) {
    try (MemoryStack stack = stackPush()) {
      VkComputePipelineCreateInfo.Buffer info = VkComputePipelineCreateInfo.calloc(1, stack);
      info.get(0).sType$Default().layout(set.layout);
      info.get(0)
          .stage()
          .sType$Default()
          .stage(VK10.VK_SHADER_STAGE_COMPUTE_BIT)
          .module(module)
          .pName(stack.UTF8("main"));
      LongBuffer handle = stack.mallocLong(1);
      check(
          VK10.vkCreateComputePipelines(device.device, cache, info, null, handle),
          "vkCreateComputePipelines");
      return handle.get(0);
    }
  }
}
