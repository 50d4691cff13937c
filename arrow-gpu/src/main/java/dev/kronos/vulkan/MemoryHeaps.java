// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.system.MemoryStack.stackPush;

import java.util.concurrent.atomic.AtomicLongArray;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VK11;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceMemoryBudgetPropertiesEXT;
import org.lwjgl.vulkan.VkPhysicalDeviceMemoryProperties;
import org.lwjgl.vulkan.VkPhysicalDeviceMemoryProperties2;

/**
 * Knows the heaps and memory types of a device, what Kronos took from each heap, and what the
 * driver says may still be taken. Safe for many threads.
 */
final class MemoryHeaps {

  /** Share of a heap that may be used where the driver gives no budget; the rest is for others. */
  private static final double SHARE_WITHOUT_BUDGET = 0.8;

  private final VkPhysicalDevice device;
  private final boolean driverBudget;
  private final int[] typeFlags;
  private final int[] typeHeap;
  private final long[] heapBytes;
  private final AtomicLongArray takenBytes;

  MemoryHeaps(VkPhysicalDevice device, boolean driverBudget) {
    this.device = device;
    this.driverBudget = driverBudget;
    try (MemoryStack stack = stackPush()) {
      VkPhysicalDeviceMemoryProperties memory = VkPhysicalDeviceMemoryProperties.calloc(stack);
      VK10.vkGetPhysicalDeviceMemoryProperties(device, memory);
      typeFlags = new int[memory.memoryTypeCount()];
      typeHeap = new int[typeFlags.length];
      for (int i = 0; i < typeFlags.length; i++) {
        typeFlags[i] = memory.memoryTypes(i).propertyFlags();
        typeHeap[i] = memory.memoryTypes(i).heapIndex();
      }
      heapBytes = new long[memory.memoryHeapCount()];
      for (int i = 0; i < heapBytes.length; i++) {
        heapBytes[i] = memory.memoryHeaps(i).size();
      }
    }
    takenBytes = new AtomicLongArray(heapBytes.length);
  }

  int[] typeFlags() {
    return typeFlags.clone();
  }

  boolean mappable(int type) {
    return (typeFlags[type] & VK10.VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT) != 0;
  }

  long heapBytes(int type) {
    return heapBytes[typeHeap[type]];
  }

  void took(int type, long sizeBytes) {
    takenBytes.addAndGet(typeHeap[type], sizeBytes);
  }

  /** Returns how many bytes may still be taken from the heap of a type, 0 or more. */
  long budgetBytes(int type) {
    int heap = typeHeap[type];
    if (!driverBudget) {
      long shareBytes = (long) (heapBytes[heap] * SHARE_WITHOUT_BUDGET);
      return Math.max(0, shareBytes - takenBytes.get(heap));
    }
    try (MemoryStack stack = stackPush()) {
      VkPhysicalDeviceMemoryBudgetPropertiesEXT budget =
          VkPhysicalDeviceMemoryBudgetPropertiesEXT.calloc(stack).sType$Default();
      VkPhysicalDeviceMemoryProperties2 head =
          VkPhysicalDeviceMemoryProperties2.calloc(stack).sType$Default().pNext(budget.address());
      VK11.vkGetPhysicalDeviceMemoryProperties2(device, head);
      return Math.max(0, budget.heapBudget(heap) - budget.heapUsage(heap));
    }
  }
}
