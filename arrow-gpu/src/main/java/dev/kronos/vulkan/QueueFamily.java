// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.system.MemoryStack.stackPush;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkQueueFamilyProperties;

/**
 * Describes a family of queues.
 *
 * @param index its number
 * @param flags what its queues can do
 * @param timestampBits valid bits of its timestamps, 0 when it has none
 */
record QueueFamily(int index, int flags, int timestampBits) {

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
        families.add(new QueueFamily(i, family.queueFlags(), family.timestampValidBits()));
      }
      return families;
    }
  }

  /**
   * Returns the family to compute on: one without graphics where there is one, because on discrete
   * cards the desktop does not use it.
   */
  static Optional<QueueFamily> compute(VkPhysicalDevice device) {
    return of(device).stream()
        .filter(family -> family.can(VK10.VK_QUEUE_COMPUTE_BIT))
        .min(Comparator.comparing(family -> family.can(VK10.VK_QUEUE_GRAPHICS_BIT)));
  }

  private boolean can(int flag) {
    return (flags & flag) != 0;
  }
}
