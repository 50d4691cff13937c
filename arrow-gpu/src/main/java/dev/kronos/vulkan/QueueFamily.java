// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.system.MemoryStack.stackPush;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkQueueFamilyProperties;

/**
 * Describes a family of queues.
 *
 * @param index its number
 * @param flags what its queues can do
 * @param queues how many queues it has
 * @param timestampBits valid bits of its timestamps, 0 when it has none
 */
record QueueFamily(int index, int flags, int queues, int timestampBits) {

  /** Returns the families of a device. */
  static List<QueueFamily> of(VkPhysicalDevice device) {
    try (MemoryStack stack = stackPush()) {
      IntBuffer count = stack.mallocInt(1);
      VK10.vkGetPhysicalDeviceQueueFamilyProperties(device, count, null);
      VkQueueFamilyProperties.Buffer list = VkQueueFamilyProperties.malloc(count.get(0), stack);
      VK10.vkGetPhysicalDeviceQueueFamilyProperties(device, count, list);
      List<QueueFamily> families = new ArrayList<>();
      for (int i = 0; i < count.get(0); i++) {
        VkQueueFamilyProperties family = list.get(i);
        families.add(
            new QueueFamily(
                i, family.queueFlags(), family.queueCount(), family.timestampValidBits()));
      }
      return families;
    }
  }

  /** Returns whether its queues run kernels. */
  boolean computes() {
    return can(VK10.VK_QUEUE_COMPUTE_BIT);
  }

  /** Returns whether its queues draw. */
  boolean draws() {
    return can(VK10.VK_QUEUE_GRAPHICS_BIT);
  }

  /** Returns whether its queues copy and do nothing else that matters here. */
  boolean onlyTransfers() {
    return can(VK10.VK_QUEUE_TRANSFER_BIT) && !computes() && !draws();
  }

  private boolean can(int flag) {
    return (flags & flag) != 0;
  }
}
