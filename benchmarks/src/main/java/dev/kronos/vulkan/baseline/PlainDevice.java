// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;

import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkDevice;
import org.lwjgl.vulkan.VkDeviceCreateInfo;
import org.lwjgl.vulkan.VkDeviceQueueCreateInfo;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceFeatures;
import org.lwjgl.vulkan.VkPhysicalDeviceMemoryProperties;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties;
import org.lwjgl.vulkan.VkQueue;
import org.lwjgl.vulkan.VkQueueFamilyProperties;

/** Owns a logical device with one compute queue, and knows its memory types. */
final class PlainDevice implements AutoCloseable {

  final VkDevice device;
  final VkQueue queue;
  final int family;
  final int timestampBits;
  final float nanosPerTick;
  final int maxAllocations;
  private final int[] memoryFlags;

  PlainDevice(VkPhysicalDevice physical) {
    try (MemoryStack stack = stackPush()) {
      VkQueueFamilyProperties.Buffer families = families(physical, stack);
      family = computeFamily(families);
      timestampBits = families.get(family).timestampValidBits();
      device = create(physical, stack);
      PointerBuffer handle = stack.mallocPointer(1);
      VK10.vkGetDeviceQueue(device, family, 0, handle);
      queue = new VkQueue(handle.get(0), device);
      VkPhysicalDeviceProperties properties = VkPhysicalDeviceProperties.malloc(stack);
      VK10.vkGetPhysicalDeviceProperties(physical, properties);
      nanosPerTick = properties.limits().timestampPeriod();
      maxAllocations = properties.limits().maxMemoryAllocationCount();
      memoryFlags = memoryFlags(physical, stack);
    }
  }

  /**
   * Chooses a memory type.
   *
   * @param allowed bit mask of the types that will do
   * @param wishes property bits, the best first; the last must be met by some type
   */
  int memoryType(int allowed, int... wishes) {
    for (int wish : wishes) {
      for (int type = 0; type < memoryFlags.length; type++) {
        if ((allowed & 1 << type) != 0 && (memoryFlags[type] & wish) == wish) {
          return type;
        }
      }
    }
    throw new IllegalStateException("no memory type: allowed=0x" + Integer.toHexString(allowed));
  }

  /** Returns the nanoseconds between two timestamps. */
  long nanosBetween(long startTicks, long endTicks) {
    long mask = timestampBits >= Long.SIZE ? -1L : (1L << timestampBits) - 1;
    return (long) ((endTicks - startTicks & mask) * (double) nanosPerTick);
  }

  @Override
  public void close() {
    VK10.vkDeviceWaitIdle(device);
    VK10.vkDestroyDevice(device, null);
  }

  private VkDevice create(VkPhysicalDevice physical, MemoryStack stack) {
    VkDeviceQueueCreateInfo.Buffer queues = VkDeviceQueueCreateInfo.calloc(1, stack);
    queues.get(0).sType$Default().queueFamilyIndex(family).pQueuePriorities(stack.floats(1f));
    // What the kernels' SPIR-V asks for, and no more.
    VkPhysicalDeviceFeatures features =
        VkPhysicalDeviceFeatures.calloc(stack).shaderInt64(true).shaderFloat64(true);
    VkDeviceCreateInfo info =
        VkDeviceCreateInfo.calloc(stack)
            .sType$Default()
            .pQueueCreateInfos(queues)
            .pEnabledFeatures(features);
    PointerBuffer handle = stack.mallocPointer(1);
    check(VK10.vkCreateDevice(physical, info, null, handle), "vkCreateDevice");
    return new VkDevice(handle.get(0), physical, info);
  }

  private static VkQueueFamilyProperties.Buffer families(
      VkPhysicalDevice physical, MemoryStack stack) {
    var count = stack.mallocInt(1);
    VK10.vkGetPhysicalDeviceQueueFamilyProperties(physical, count, null);
    var families = VkQueueFamilyProperties.malloc(count.get(0), stack);
    VK10.vkGetPhysicalDeviceQueueFamilyProperties(physical, count, families);
    return families;
  }

  /** Takes a family for compute without graphics where there is one, as Kronos does. */
  private static int computeFamily(VkQueueFamilyProperties.Buffer families) {
    int found = -1;
    for (int i = families.capacity() - 1; i >= 0; i--) {
      int flags = families.get(i).queueFlags();
      boolean computes = (flags & VK10.VK_QUEUE_COMPUTE_BIT) != 0;
      boolean draws = (flags & VK10.VK_QUEUE_GRAPHICS_BIT) != 0;
      if (computes && (found < 0 || !draws)) {
        found = i;
      }
    }
    return found;
  }

  private static int[] memoryFlags(VkPhysicalDevice physical, MemoryStack stack) {
    var memory = VkPhysicalDeviceMemoryProperties.malloc(stack);
    VK10.vkGetPhysicalDeviceMemoryProperties(physical, memory);
    int[] flags = new int[memory.memoryTypeCount()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = memory.memoryTypes(i).propertyFlags();
    }
    return flags;
  }
}
