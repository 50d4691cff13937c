// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;
import static org.lwjgl.vulkan.EXTMemoryBudget.VK_EXT_MEMORY_BUDGET_EXTENSION_NAME;
import static org.lwjgl.vulkan.KHRCooperativeMatrix.VK_KHR_COOPERATIVE_MATRIX_EXTENSION_NAME;
import static org.lwjgl.vulkan.KHRShaderBfloat16.VK_KHR_SHADER_BFLOAT16_EXTENSION_NAME;
import static org.lwjgl.vulkan.VK10.vkEnumerateDeviceExtensionProperties;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkExtensionProperties;
import org.lwjgl.vulkan.VkPhysicalDevice;

/**
 * Holds the names of the extensions that a device offers.
 *
 * @param names extension names
 */
record Extensions(Set<String> names) {

  /** Optional extensions; none is required, Vulkan 1.3 has all that Kronos needs. */
  private static final List<String> WANTED =
      List.of(
          VK_EXT_MEMORY_BUDGET_EXTENSION_NAME,
          VK_KHR_COOPERATIVE_MATRIX_EXTENSION_NAME,
          VK_KHR_SHADER_BFLOAT16_EXTENSION_NAME);

  /** Reads the extensions of a device. */
  static Extensions of(VkPhysicalDevice device) {
    String call = "vkEnumerateDeviceExtensionProperties";
    try (MemoryStack stack = stackPush()) {
      IntBuffer count = stack.mallocInt(1);
      check(vkEnumerateDeviceExtensionProperties(device, (ByteBuffer) null, count, null), call);
      try (VkExtensionProperties.Buffer list = VkExtensionProperties.calloc(count.get(0))) {
        check(vkEnumerateDeviceExtensionProperties(device, (ByteBuffer) null, count, list), call);
        return new Extensions(
            list.stream()
                .map(VkExtensionProperties::extensionNameString)
                .collect(Collectors.toUnmodifiableSet()));
      }
    }
  }

  /** Returns whether the device offers an extension. */
  boolean contains(String name) {
    return names.contains(name);
  }

  /** Returns the names to enable, allocated on the stack. */
  PointerBuffer wanted(MemoryStack stack) {
    List<String> chosen = WANTED.stream().filter(names::contains).toList();
    PointerBuffer pointers = stack.mallocPointer(chosen.size());
    chosen.forEach(name -> pointers.put(stack.UTF8(name)));
    return pointers.flip();
  }
}
