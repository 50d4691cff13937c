// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.OpenKronos;
import dev.kronos.device.DeviceInfo;
import java.nio.LongBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkBufferCreateInfo;

/** Shows that the tests' "no validation messages" would see one. */
class ValidationMessengerTest {

  @Test
  void messagesAreCounted() {
    try (VulkanInstance instance = VulkanInstance.create(OpenKronos.options().build())) {
      List<DeviceInfo> devices = PhysicalDevices.enumerate(instance);
      assertThat(devices).isNotEmpty();
      try (VulkanDevice device = VulkanDevice.open(instance, 0, 1)) {
        assertThat(instance.validationMessages()).isZero();
        createBufferOfNoSize(device);
        assertThat(instance.validationMessages()).isPositive();
      }
    }
  }

  private static void createBufferOfNoSize(VulkanDevice device) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      VkBufferCreateInfo info =
          VkBufferCreateInfo.calloc(stack)
              .sType$Default()
              .usage(VK10.VK_BUFFER_USAGE_STORAGE_BUFFER_BIT);
      LongBuffer handle = stack.mallocLong(1);
      if (VK10.vkCreateBuffer(device.device, info, null, handle) == VK10.VK_SUCCESS) {
        VK10.vkDestroyBuffer(device.device, handle.get(0), null);
      }
    }
  }
}
