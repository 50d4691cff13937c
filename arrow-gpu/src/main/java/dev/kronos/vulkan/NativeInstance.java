// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;
import static org.lwjgl.system.MemoryUtil.NULL;
import static org.lwjgl.vulkan.EXTDebugUtils.VK_EXT_DEBUG_UTILS_EXTENSION_NAME;
import static org.lwjgl.vulkan.EXTDebugUtils.vkCreateDebugUtilsMessengerEXT;
import static org.lwjgl.vulkan.EXTDebugUtils.vkDestroyDebugUtilsMessengerEXT;
import static org.lwjgl.vulkan.VK10.VK_ERROR_INCOMPATIBLE_DRIVER;
import static org.lwjgl.vulkan.VK10.vkCreateInstance;
import static org.lwjgl.vulkan.VK10.vkDestroyInstance;
import static org.lwjgl.vulkan.VK10.vkEnumerateInstanceLayerProperties;
import static org.lwjgl.vulkan.VK10.vkEnumeratePhysicalDevices;
import static org.lwjgl.vulkan.VK13.VK_API_VERSION_1_3;

import dev.kronos.KronosException;
import dev.kronos.device.HostPlatform;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkApplicationInfo;
import org.lwjgl.vulkan.VkDebugUtilsMessengerCreateInfoEXT;
import org.lwjgl.vulkan.VkInstance;
import org.lwjgl.vulkan.VkInstanceCreateInfo;
import org.lwjgl.vulkan.VkLayerProperties;
import org.lwjgl.vulkan.VkPhysicalDevice;

/**
 * Owns a native instance, its layers and their messenger. Created and closed on the thread of
 * {@link InstanceThread}; safe for many threads between.
 */
final class NativeInstance implements AutoCloseable {

  private static final String VALIDATION_LAYER = "VK_LAYER_KHRONOS_validation";

  private final VkInstance instance;
  private final ValidationMessenger messenger;
  private final long messengerHandle;

  private NativeInstance(VkInstance instance, ValidationMessenger messenger, long handle) {
    this.instance = instance;
    this.messenger = messenger;
    this.messengerHandle = handle;
  }

  /**
   * Creates an instance; the process is bound to a Vulkan implementation already.
   *
   * @throws KronosException.NoDevice when there is no driver
   * @throws KronosException.Unsupported when the validation layer is not installed
   */
  static NativeInstance create(Layers layers) {
    if (layers == Layers.NONE) {
      return new NativeInstance(createNative(null), null, NULL);
    }
    requireLoader();
    requireLayer();
    ValidationMessenger messenger = new ValidationMessenger();
    try {
      VkInstance instance = createNative(messenger);
      return new NativeInstance(instance, messenger, attach(instance, messenger));
    } catch (KronosException e) {
      messenger.close();
      throw e;
    }
  }

  /** Returns how many devices the bound implementation has; makes an instance for the question. */
  static int deviceCount() {
    VkInstance instance = createNative(null);
    try (MemoryStack stack = stackPush()) {
      IntBuffer count = stack.mallocInt(1);
      check(vkEnumeratePhysicalDevices(instance, count, null), "vkEnumeratePhysicalDevices");
      return count.get(0);
    } finally {
      vkDestroyInstance(instance, null);
    }
  }

  /** Returns how many messages the validation layer has sent so far; 0 when it is off. */
  long validationMessages() {
    return messenger == null ? 0 : messenger.messages();
  }

  /** Counts from 0 again. */
  void forgetMessages() {
    if (messenger != null) {
      messenger.forget();
    }
  }

  /** Returns the physical devices in the driver's order; may be empty. */
  List<VkPhysicalDevice> physicalDevices() {
    try (MemoryStack stack = stackPush()) {
      IntBuffer count = stack.mallocInt(1);
      check(vkEnumeratePhysicalDevices(instance, count, null), "vkEnumeratePhysicalDevices");
      PointerBuffer handles = stack.mallocPointer(count.get(0));
      check(vkEnumeratePhysicalDevices(instance, count, handles), "vkEnumeratePhysicalDevices");
      List<VkPhysicalDevice> devices = new ArrayList<>(count.get(0));
      for (int i = 0; i < count.get(0); i++) {
        devices.add(new VkPhysicalDevice(handles.get(i), instance));
      }
      return devices;
    }
  }

  @Override
  public void close() {
    if (messenger != null) {
      vkDestroyDebugUtilsMessengerEXT(instance, messengerHandle, null);
    }
    vkDestroyInstance(instance, null);
    if (messenger != null) {
      messenger.close();
    }
  }

  private static VkInstance createNative(ValidationMessenger messenger) {
    try (MemoryStack stack = stackPush()) {
      VkInstanceCreateInfo info =
          VkInstanceCreateInfo.calloc(stack)
              .sType$Default()
              .pApplicationInfo(
                  VkApplicationInfo.calloc(stack)
                      .sType$Default()
                      .pEngineName(stack.UTF8("kronos"))
                      .apiVersion(VK_API_VERSION_1_3));
      if (messenger != null) {
        info.ppEnabledLayerNames(stack.pointers(stack.UTF8(VALIDATION_LAYER)));
        info.ppEnabledExtensionNames(stack.pointers(stack.UTF8(VK_EXT_DEBUG_UTILS_EXTENSION_NAME)));
        info.pNext(messenger.createInfo(stack).address());
      }
      PointerBuffer handle = stack.mallocPointer(1);
      int result = vkCreateInstance(info, null, handle);
      if (result == VK_ERROR_INCOMPATIBLE_DRIVER) {
        throw new KronosException.NoDevice("no Vulkan driver: " + HostPlatform.current().remedy());
      }
      check(result, "vkCreateInstance");
      return new VkInstance(handle.get(0), info);
    }
  }

  private static long attach(VkInstance instance, ValidationMessenger messenger) {
    try (MemoryStack stack = stackPush()) {
      VkDebugUtilsMessengerCreateInfoEXT info = messenger.createInfo(stack);
      LongBuffer handle = stack.mallocLong(1);
      check(
          vkCreateDebugUtilsMessengerEXT(instance, info, null, handle),
          "vkCreateDebugUtilsMessengerEXT");
      return handle.get(0);
    } catch (KronosException e) {
      vkDestroyInstance(instance, null);
      throw e;
    }
  }

  private static void requireLoader() {
    if (VulkanLoader.direct()) {
      throw new KronosException.Unsupported(
          "validation needs the Vulkan loader, and the driver was opened without it: remedy=install"
              + " the loader (Debian, Ubuntu: libvulkan1) and leave icd.searchPaths empty, or turn"
              + " validation off");
    }
  }

  private static void requireLayer() {
    try (MemoryStack stack = stackPush()) {
      IntBuffer count = stack.mallocInt(1);
      check(vkEnumerateInstanceLayerProperties(count, null), "vkEnumerateInstanceLayerProperties");
      // On the heap: each entry takes 520 bytes and a machine may have many layers.
      try (VkLayerProperties.Buffer layers = VkLayerProperties.calloc(count.get(0))) {
        check(
            vkEnumerateInstanceLayerProperties(count, layers),
            "vkEnumerateInstanceLayerProperties");
        if (layers.stream().noneMatch(l -> VALIDATION_LAYER.equals(l.layerNameString()))) {
          throw new KronosException.Unsupported(
              "validation layer not installed: remedy=install it (Debian, Ubuntu:"
                  + " vulkan-validationlayers) or turn validation off, layer="
                  + VALIDATION_LAYER);
        }
      }
    }
  }
}
