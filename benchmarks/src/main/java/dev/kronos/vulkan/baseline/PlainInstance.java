// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;

import dev.kronos.vulkan.ValidationMessenger;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.EXTDebugUtils;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VK13;
import org.lwjgl.vulkan.VkApplicationInfo;
import org.lwjgl.vulkan.VkInstance;
import org.lwjgl.vulkan.VkInstanceCreateInfo;
import org.lwjgl.vulkan.VkPhysicalDevice;

/**
 * Owns an instance, with the validation layer where asked for. Closed by the thread that made it.
 */
final class PlainInstance implements AutoCloseable {

  private static final String LAYER = "VK_LAYER_KHRONOS_validation";

  private final VkInstance instance;
  private final ValidationMessenger messenger;
  private final long messengerHandle;

  /** Creates an instance; the process is bound to a Vulkan implementation already. */
  PlainInstance(boolean validation) {
    messenger = validation ? new ValidationMessenger() : null;
    instance = create();
    messengerHandle = validation ? attach() : 0;
  }

  private VkInstance create() {
    try (MemoryStack stack = stackPush()) {
      VkApplicationInfo application =
          VkApplicationInfo.calloc(stack).sType$Default().apiVersion(VK13.VK_API_VERSION_1_3);
      VkInstanceCreateInfo info =
          VkInstanceCreateInfo.calloc(stack).sType$Default().pApplicationInfo(application);
      if (messenger != null) {
        info.ppEnabledLayerNames(stack.pointers(stack.UTF8(LAYER)));
        info.ppEnabledExtensionNames(
            stack.pointers(stack.UTF8(EXTDebugUtils.VK_EXT_DEBUG_UTILS_EXTENSION_NAME)));
      }
      PointerBuffer handle = stack.mallocPointer(1);
      check(VK10.vkCreateInstance(info, null, handle), "vkCreateInstance");
      return new VkInstance(handle.get(0), info);
    }
  }

  private long attach() {
    try (MemoryStack stack = stackPush()) {
      LongBuffer handle = stack.mallocLong(1);
      check(
          EXTDebugUtils.vkCreateDebugUtilsMessengerEXT(
              instance, messenger.createInfo(stack), null, handle),
          "vkCreateDebugUtilsMessengerEXT");
      return handle.get(0);
    }
  }

  /** Returns the device at a place in the driver's order. */
  VkPhysicalDevice device(int index) {
    try (MemoryStack stack = stackPush()) {
      IntBuffer count = stack.mallocInt(1);
      check(VK10.vkEnumeratePhysicalDevices(instance, count, null), "vkEnumeratePhysicalDevices");
      PointerBuffer handles = stack.mallocPointer(count.get(0));
      check(
          VK10.vkEnumeratePhysicalDevices(instance, count, handles), "vkEnumeratePhysicalDevices");
      return new VkPhysicalDevice(handles.get(index), instance);
    }
  }

  /** Returns how many warnings and errors the validation layer sent. */
  long validationMessages() {
    return messenger == null ? 0 : messenger.messages();
  }

  @Override
  public void close() {
    if (messenger != null) {
      EXTDebugUtils.vkDestroyDebugUtilsMessengerEXT(instance, messengerHandle, null);
    }
    VK10.vkDestroyInstance(instance, null);
    if (messenger != null) {
      messenger.close();
    }
  }
}
