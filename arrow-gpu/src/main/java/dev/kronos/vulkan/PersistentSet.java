// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;

import dev.kronos.KronosException;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkDescriptorBufferInfo;
import org.lwjgl.vulkan.VkDescriptorPoolCreateInfo;
import org.lwjgl.vulkan.VkDescriptorPoolSize;
import org.lwjgl.vulkan.VkDescriptorSetAllocateInfo;
import org.lwjgl.vulkan.VkDescriptorSetLayoutBinding;
import org.lwjgl.vulkan.VkDescriptorSetLayoutCreateInfo;
import org.lwjgl.vulkan.VkPipelineLayoutCreateInfo;
import org.lwjgl.vulkan.VkPushConstantRange;
import org.lwjgl.vulkan.VkWriteDescriptorSet;

/**
 * Owns set 0, the one descriptor set of a device, and the one pipeline layout of all kernels. The
 * set is written in the constructor and never again.
 *
 * <pre>
 * binding   content               shared buffer
 *       1   constant tables       offset 0, {@value #CONSTANT_BYTES} bytes
 *       2   error words           offset {@value #CONSTANT_BYTES}, {@value #ERROR_BYTES} bytes
 *       0   argument ring         the rest
 *
 * push root, {@value #ROOT_BYTES} bytes
 *  0  u64  args     device address of the dispatch's argument table
 *  8  u64  status   device address of its status words
 * 16  u32  count    rows or elements
 * 20  u32  flags    as the kernel defines them
 * </pre>
 */
public final class PersistentSet implements AutoCloseable {

  /** Size of the push-constant root in bytes. */
  public static final int ROOT_BYTES = 24;

  static final int CONSTANT_BYTES = 4096;

  /** The first 16 are a status; those of failed checks are in {@code checked.glsl}. */
  static final int ERROR_BYTES = 4096;

  private static final int BINDINGS = 3;

  private final VulkanDevice device;
  private final VulkanBuffer shared;
  private final Teardown owned = new Teardown();
  private final AtomicLong updates = new AtomicLong();
  private final long setLayout;
  private volatile boolean ringAbandoned;
  final long set;
  final long layout;

  /**
   * Creates and writes the set.
   *
   * @param device the device, which must outlive the set
   * @param memory where its buffer comes from
   * @param ringBytes size of the argument ring, a multiple of 256
   */
  public PersistentSet(VulkanDevice device, VulkanMemory memory, long ringBytes) {
    this.device = device;
    try {
      shared = memory.allocateTables(CONSTANT_BYTES + ERROR_BYTES + ringBytes);
      owned.add(this::closeShared);
      setLayout = createSetLayout();
      owned.add(() -> VK10.vkDestroyDescriptorSetLayout(device.device, setLayout, null));
      layout = createPipelineLayout();
      owned.add(() -> VK10.vkDestroyPipelineLayout(device.device, layout, null));
      long pool = createPool();
      owned.add(() -> VK10.vkDestroyDescriptorPool(device.device, pool, null));
      set = allocateSet(pool);
    } catch (KronosException e) {
      owned.close();
      throw e;
    }
    fillTables();
    write();
  }

  /** Returns the device address of the first byte of the argument ring. */
  public long ringDeviceAddress() {
    return shared.deviceAddress() + CONSTANT_BYTES + ERROR_BYTES;
  }

  /** Returns the host address of the first byte of the argument ring. */
  public long ringHostAddress() {
    return shared.hostAddress() + CONSTANT_BYTES + ERROR_BYTES;
  }

  /** Returns the size of the argument ring in bytes. */
  public long ringBytes() {
    return shared.sizeBytes() - CONSTANT_BYTES - ERROR_BYTES;
  }

  /** Returns the device address of the error words, the status of dispatches that name none. */
  public long errorWordsAddress() {
    return shared.deviceAddress() + CONSTANT_BYTES;
  }

  /** Returns the host address of the error words. */
  public long errorWordsHostAddress() {
    return shared.hostAddress() + CONSTANT_BYTES;
  }

  /** Returns how many descriptors have been written; it does not change after construction. */
  public long descriptorUpdates() {
    return updates.get();
  }

  /** Leaves the ring mapped when this is closed, for threads that may still write to it. */
  public void abandonRing() {
    ringAbandoned = true;
  }

  @Override
  public void close() {
    owned.close();
  }

  private void closeShared() {
    if (!ringAbandoned) {
      shared.close();
    }
  }

  private void fillTables() {
    MemoryUtil.memSet(shared.hostAddress(), 0, shared.sizeBytes());
    long[] powers = ConstantTables.powersOfTen();
    for (int i = 0; i < powers.length; i++) {
      MemoryUtil.memPutLong(shared.hostAddress() + (long) i * Long.BYTES, powers[i]);
    }
  }

  private long createSetLayout() {
    try (MemoryStack stack = stackPush()) {
      VkDescriptorSetLayoutBinding.Buffer bindings =
          VkDescriptorSetLayoutBinding.calloc(BINDINGS, stack);
      for (int i = 0; i < BINDINGS; i++) {
        bindings
            .get(i)
            .binding(i)
            .descriptorType(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)
            .descriptorCount(1)
            .stageFlags(VK10.VK_SHADER_STAGE_COMPUTE_BIT);
      }
      VkDescriptorSetLayoutCreateInfo info =
          VkDescriptorSetLayoutCreateInfo.calloc(stack).sType$Default().pBindings(bindings);
      LongBuffer handle = stack.mallocLong(1);
      check(
          VK10.vkCreateDescriptorSetLayout(device.device, info, null, handle),
          "vkCreateDescriptorSetLayout");
      return handle.get(0);
    }
  }

  private long createPipelineLayout() {
    try (MemoryStack stack = stackPush()) {
      VkPushConstantRange.Buffer root = VkPushConstantRange.calloc(1, stack);
      root.get(0).stageFlags(VK10.VK_SHADER_STAGE_COMPUTE_BIT).size(ROOT_BYTES);
      VkPipelineLayoutCreateInfo info =
          VkPipelineLayoutCreateInfo.calloc(stack)
              .sType$Default()
              .pSetLayouts(stack.longs(setLayout))
              .pPushConstantRanges(root);
      LongBuffer handle = stack.mallocLong(1);
      check(
          VK10.vkCreatePipelineLayout(device.device, info, null, handle), "vkCreatePipelineLayout");
      return handle.get(0);
    }
  }

  private long createPool() {
    try (MemoryStack stack = stackPush()) {
      VkDescriptorPoolSize.Buffer sizes = VkDescriptorPoolSize.calloc(1, stack);
      sizes.get(0).type(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER).descriptorCount(BINDINGS);
      VkDescriptorPoolCreateInfo info =
          VkDescriptorPoolCreateInfo.calloc(stack).sType$Default().maxSets(1).pPoolSizes(sizes);
      LongBuffer handle = stack.mallocLong(1);
      check(
          VK10.vkCreateDescriptorPool(device.device, info, null, handle), "vkCreateDescriptorPool");
      return handle.get(0);
    }
  }

  private long allocateSet(long pool) {
    try (MemoryStack stack = stackPush()) {
      VkDescriptorSetAllocateInfo info =
          VkDescriptorSetAllocateInfo.calloc(stack)
              .sType$Default()
              .descriptorPool(pool)
              .pSetLayouts(stack.longs(setLayout));
      LongBuffer handle = stack.mallocLong(1);
      check(VK10.vkAllocateDescriptorSets(device.device, info, handle), "vkAllocateDescriptorSets");
      return handle.get(0);
    }
  }

  private void write() {
    long[] offsets = {CONSTANT_BYTES + ERROR_BYTES, 0, CONSTANT_BYTES};
    long[] sizes = {ringBytes(), CONSTANT_BYTES, ERROR_BYTES};
    try (MemoryStack stack = stackPush()) {
      VkWriteDescriptorSet.Buffer writes = VkWriteDescriptorSet.calloc(BINDINGS, stack);
      for (int i = 0; i < BINDINGS; i++) {
        VkDescriptorBufferInfo.Buffer range = VkDescriptorBufferInfo.calloc(1, stack);
        range.get(0).buffer(shared.buffer).offset(offsets[i]).range(sizes[i]);
        writes
            .get(i)
            .sType$Default()
            .dstSet(set)
            .dstBinding(i)
            .descriptorType(VK10.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER)
            .descriptorCount(1)
            .pBufferInfo(range);
      }
      VK10.vkUpdateDescriptorSets(device.device, writes, null);
      updates.addAndGet(BINDINGS);
    }
  }
}
