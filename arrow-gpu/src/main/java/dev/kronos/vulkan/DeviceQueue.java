// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.system.MemoryStack.stackPush;
import static org.lwjgl.vulkan.VK10.vkGetDeviceQueue;

import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkDevice;
import org.lwjgl.vulkan.VkQueue;

/**
 * Names a queue of an open device.
 *
 * @param handle the queue
 * @param family its family
 */
record DeviceQueue(VkQueue handle, QueueFamily family) {

  /** Looks a queue up that the device was opened with. */
  static DeviceQueue of(VkDevice device, QueuePlan.Place place) {
    try (MemoryStack stack = stackPush()) {
      PointerBuffer handle = stack.mallocPointer(1);
      vkGetDeviceQueue(device, place.family().index(), place.index(), handle);
      return new DeviceQueue(new VkQueue(handle.get(0), device), place.family());
    }
  }
}
