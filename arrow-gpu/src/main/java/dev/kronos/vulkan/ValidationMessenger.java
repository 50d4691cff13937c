// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.vulkan.EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
import static org.lwjgl.vulkan.EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT;
import static org.lwjgl.vulkan.EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT;
import static org.lwjgl.vulkan.EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT;

import java.util.concurrent.atomic.AtomicLong;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkDebugUtilsMessengerCallbackDataEXT;
import org.lwjgl.vulkan.VkDebugUtilsMessengerCallbackEXT;
import org.lwjgl.vulkan.VkDebugUtilsMessengerCreateInfoEXT;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the messages of the validation layer, logs and counts them. The driver calls it from any
 * thread; it must outlive the instance it is attached to.
 */
public final class ValidationMessenger implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.kronos.validation");

  private final AtomicLong messages = new AtomicLong();
  private final VkDebugUtilsMessengerCallbackEXT callback =
      VkDebugUtilsMessengerCallbackEXT.create(this::receive);

  /** Returns how many warnings and errors have come so far. */
  public long messages() {
    return messages.get();
  }

  /** Counts from 0 again. */
  public void forget() {
    messages.set(0);
  }

  /** Returns the structure to chain to instance creation, allocated on the stack. */
  public VkDebugUtilsMessengerCreateInfoEXT createInfo(MemoryStack stack) {
    return VkDebugUtilsMessengerCreateInfoEXT.calloc(stack)
        .sType$Default()
        .messageSeverity(
            VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT
                | VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT)
        .messageType(
            VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT
                | VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT)
        .pfnUserCallback(callback);
  }

  private int receive(int severity, int types, long data, long userData) {
    messages.incrementAndGet();
    String text = VkDebugUtilsMessengerCallbackDataEXT.create(data).pMessageString();
    if ((severity & VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT) != 0) {
      LOG.error("validation error: {}", text);
    } else {
      LOG.warn("validation warning: {}", text);
    }
    return VK10.VK_FALSE;
  }

  @Override
  public void close() {
    callback.free();
  }
}
