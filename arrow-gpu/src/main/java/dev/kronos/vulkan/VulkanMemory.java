// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static dev.kronos.KronosException.message;
import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;
import static org.lwjgl.system.MemoryUtil.NULL;

import dev.kronos.KronosException;
import dev.kronos.memory.Allocation;
import dev.kronos.memory.MemorySource;
import dev.kronos.memory.Pool;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VK12;
import org.lwjgl.vulkan.VkBufferCreateInfo;
import org.lwjgl.vulkan.VkBufferDeviceAddressInfo;
import org.lwjgl.vulkan.VkMemoryAllocateFlagsInfo;
import org.lwjgl.vulkan.VkMemoryAllocateInfo;
import org.lwjgl.vulkan.VkMemoryRequirements;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties;

/**
 * Takes memory from a device: one memory object with one buffer over it per call, mapped for life
 * where the host can see it. Calls are rare; safe for many threads.
 */
public final class VulkanMemory implements MemorySource {

  /** Every slab serves every use, so that any range of it may hold anything. */
  private static final int USAGE =
      VK10.VK_BUFFER_USAGE_STORAGE_BUFFER_BIT
          | VK10.VK_BUFFER_USAGE_TRANSFER_SRC_BIT
          | VK10.VK_BUFFER_USAGE_TRANSFER_DST_BIT
          | VK10.VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT
          | VK12.VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT;

  private final VulkanDevice device;
  private final MemoryHeaps heaps;
  private final MemoryTypeTable table;
  private final AtomicLong allocations = new AtomicLong();
  private final AtomicLong outstanding = new AtomicLong();
  private volatile DeviceFill deviceFill;

  /** Overwrites memory that only the device can write, and waits until that is done. */
  @FunctionalInterface
  public interface DeviceFill {
    /** Fills a range, in whole words, with a 32-bit pattern. */
    void fill(VulkanBuffer target, long offset, long sizeBytes, int word);
  }

  /** Resolves the pools of a device onto its memory types. */
  public VulkanMemory(VulkanDevice device) {
    this.device = device;
    this.heaps = new MemoryHeaps(device.physical, device.memoryBudget);
    this.table = MemoryTypeTable.resolve(heaps.typeFlags(), allowedTypes(), sharesMemory());
  }

  @Override
  public Allocation allocate(Pool pool, long sizeBytes) {
    long stamp = device.gate().enter();
    try {
      return allocate(table.types().get(pool), sizeBytes);
    } finally {
      device.gate().exit(stamp);
    }
  }

  @Override
  public boolean unified() {
    return table.unified();
  }

  @Override
  public long heapBytes(Pool pool) {
    return heaps.heapBytes(table.types().get(pool));
  }

  @Override
  public long budgetBytes(Pool pool) {
    long stamp = device.gate().enter();
    try {
      return heaps.budgetBytes(table.types().get(pool));
    } finally {
      device.gate().exit(stamp);
    }
  }

  /** Sets how memory is overwritten that the host cannot see; until then it is left as it is. */
  public void fillOnDeviceWith(DeviceFill fill) {
    deviceFill = fill;
  }

  @Override
  public void poison(Allocation allocation, long offset, long sizeBytes, int word) {
    DeviceFill fill = deviceFill;
    if (fill != null) {
      fill.fill((VulkanBuffer) allocation.handle(), offset, sizeBytes, word);
    }
  }

  /** Returns how often device memory was allocated since the device was opened. */
  public long allocations() {
    return allocations.get();
  }

  /** Returns how many allocations are not yet given back. */
  public long outstanding() {
    return outstanding.get();
  }

  /** Allocates a mapped buffer for the runtime's own tables, on the device where possible. */
  VulkanBuffer allocateTables(long sizeBytes) {
    return allocate(table.ringType(), sizeBytes);
  }

  void free(VulkanBuffer allocation) {
    VK10.vkDestroyBuffer(device.device, allocation.buffer, null);
    VK10.vkFreeMemory(device.device, allocation.memory, null);
    heaps.took(allocation.typeIndex(), -allocation.sizeBytes());
    outstanding.decrementAndGet();
  }

  private VulkanBuffer allocate(int type, long sizeBytes) {
    if (sizeBytes <= 0) {
      throw new KronosException.InvalidArgument(
          message("allocation size not positive", "sizeBytes", sizeBytes));
    }
    device.requireSound();
    long buffer = createBuffer(sizeBytes);
    long memory = NULL;
    try {
      memory = allocateMemory(buffer, type);
      check(VK10.vkBindBufferMemory(device.device, buffer, memory, 0), "vkBindBufferMemory");
      long host = heaps.mappable(type) ? map(memory) : NULL;
      heaps.took(type, sizeBytes);
      allocations.incrementAndGet();
      outstanding.incrementAndGet();
      return new VulkanBuffer(
          this, new VulkanBuffer.Parts(sizeBytes, type, buffer, memory, address(buffer), host));
    } catch (KronosException e) {
      VK10.vkDestroyBuffer(device.device, buffer, null);
      VK10.vkFreeMemory(device.device, memory, null);
      throw e;
    }
  }

  private long createBuffer(long sizeBytes) {
    try (MemoryStack stack = stackPush()) {
      VkBufferCreateInfo info =
          VkBufferCreateInfo.calloc(stack).sType$Default().size(sizeBytes).usage(USAGE);
      shareBetweenQueues(info, stack);
      LongBuffer handle = stack.mallocLong(1);
      check(VK10.vkCreateBuffer(device.device, info, null, handle), "vkCreateBuffer");
      return handle.get(0);
    }
  }

  /** Buffers gain nothing from an owner, and passing them from family to family costs barriers. */
  private void shareBetweenQueues(VkBufferCreateInfo info, MemoryStack stack) {
    int compute = device.computeQueues.get(0).family().index();
    int transfer = device.transferQueue.family().index();
    if (compute == transfer) {
      info.sharingMode(VK10.VK_SHARING_MODE_EXCLUSIVE);
    } else {
      info.sharingMode(VK10.VK_SHARING_MODE_CONCURRENT);
      info.queueFamilyIndexCount(2).pQueueFamilyIndices(stack.ints(compute, transfer));
    }
  }

  private long allocateMemory(long buffer, int type) {
    try (MemoryStack stack = stackPush()) {
      VkMemoryRequirements needs = VkMemoryRequirements.malloc(stack);
      VK10.vkGetBufferMemoryRequirements(device.device, buffer, needs);
      VkMemoryAllocateFlagsInfo flags =
          VkMemoryAllocateFlagsInfo.calloc(stack)
              .sType$Default()
              .flags(VK12.VK_MEMORY_ALLOCATE_DEVICE_ADDRESS_BIT);
      VkMemoryAllocateInfo info =
          VkMemoryAllocateInfo.calloc(stack)
              .sType$Default()
              .pNext(flags.address())
              .allocationSize(needs.size())
              .memoryTypeIndex(type);
      LongBuffer handle = stack.mallocLong(1);
      check(VK10.vkAllocateMemory(device.device, info, null, handle), "vkAllocateMemory");
      return handle.get(0);
    }
  }

  private long map(long memory) {
    try (MemoryStack stack = stackPush()) {
      PointerBuffer address = stack.mallocPointer(1);
      int result = VK10.vkMapMemory(device.device, memory, 0, VK10.VK_WHOLE_SIZE, 0, address);
      check(result, "vkMapMemory");
      return address.get(0);
    }
  }

  private long address(long buffer) {
    try (MemoryStack stack = stackPush()) {
      return VK12.vkGetBufferDeviceAddress(
          device.device, VkBufferDeviceAddressInfo.calloc(stack).sType$Default().buffer(buffer));
    }
  }

  /** Asks the driver which memory types a buffer of our usage may lie in. */
  private int allowedTypes() {
    long probe = createBuffer(256);
    try (MemoryStack stack = stackPush()) {
      VkMemoryRequirements needs = VkMemoryRequirements.malloc(stack);
      VK10.vkGetBufferMemoryRequirements(device.device, probe, needs);
      return needs.memoryTypeBits();
    } finally {
      VK10.vkDestroyBuffer(device.device, probe, null);
    }
  }

  /**
   * A card with a resizable BAR also lists visible device memory, but host reads of it cross the
   * bus uncached; so only the device's kind tells whether memory is shared.
   */
  private boolean sharesMemory() {
    try (MemoryStack stack = stackPush()) {
      VkPhysicalDeviceProperties properties = VkPhysicalDeviceProperties.malloc(stack);
      VK10.vkGetPhysicalDeviceProperties(device.physical, properties);
      int kind = properties.deviceType();
      return kind == VK10.VK_PHYSICAL_DEVICE_TYPE_CPU
          || kind == VK10.VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU;
    }
  }
}
