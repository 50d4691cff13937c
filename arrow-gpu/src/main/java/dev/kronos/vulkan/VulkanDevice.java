// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;
import static org.lwjgl.vulkan.EXTMemoryBudget.VK_EXT_MEMORY_BUDGET_EXTENSION_NAME;
import static org.lwjgl.vulkan.VK10.vkCreateDevice;
import static org.lwjgl.vulkan.VK10.vkDestroyDevice;
import static org.lwjgl.vulkan.VK10.vkGetDeviceQueue;
import static org.lwjgl.vulkan.VK10.vkGetPhysicalDeviceProperties;

import dev.kronos.KronosException;
import java.util.concurrent.atomic.AtomicReference;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkDevice;
import org.lwjgl.vulkan.VkDeviceCreateInfo;
import org.lwjgl.vulkan.VkDeviceQueueCreateInfo;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties;
import org.lwjgl.vulkan.VkQueue;

/**
 * Owns a logical device with one compute queue. Remembers the first failure: a lost device stays
 * lost. Safe for many threads but for the queue, which {@link VulkanQueue} guards.
 */
public final class VulkanDevice implements AutoCloseable {

  final VkPhysicalDevice physical;
  final VkDevice device;
  final VkQueue queue;
  final int queueFamily;
  final boolean memoryBudget;
  final DeviceLimits limits;
  private final DeviceGate gate = new DeviceGate();
  private final AtomicReference<KronosException> failure = new AtomicReference<>();

  private VulkanDevice(VkPhysicalDevice physical, VkDevice device, QueueFamily family) {
    this.physical = physical;
    this.device = device;
    this.queueFamily = family.index();
    this.memoryBudget = Extensions.of(physical).contains(VK_EXT_MEMORY_BUDGET_EXTENSION_NAME);
    this.queue = firstQueue(device, family.index());
    this.limits = limits(physical, family);
  }

  /**
   * Opens a device.
   *
   * @param instance the instance, which must outlive the device
   * @param index the device's place in {@link PhysicalDevices#enumerate}
   */
  public static VulkanDevice open(VulkanInstance instance, int index) {
    VkPhysicalDevice physical = instance.physicalDevices().get(index);
    QueueFamily family =
        QueueFamily.compute(physical)
            .orElseThrow(() -> new KronosException.NoDevice("device has no compute queue"));
    try (MemoryStack stack = stackPush()) {
      FeatureChain features = FeatureChain.supportedBy(physical, stack).wanted(stack);
      VkDeviceQueueCreateInfo.Buffer queues = VkDeviceQueueCreateInfo.calloc(1, stack);
      queues.get(0).sType$Default().queueFamilyIndex(family.index());
      queues.get(0).pQueuePriorities(stack.floats(1f));
      VkDeviceCreateInfo info =
          VkDeviceCreateInfo.calloc(stack)
              .sType$Default()
              .pNext(features.base().address())
              .pQueueCreateInfos(queues)
              .ppEnabledExtensionNames(Extensions.of(physical).wanted(stack));
      PointerBuffer handle = stack.mallocPointer(1);
      check(vkCreateDevice(physical, info, null, handle), "vkCreateDevice");
      VkDevice device = new VkDevice(handle.get(0), physical, info);
      return new VulkanDevice(physical, device, family);
    }
  }

  /** Returns the limits that the runtime checks. */
  public DeviceLimits limits() {
    return limits;
  }

  /** Returns the gate that native calls pass through. */
  public DeviceGate gate() {
    return gate;
  }

  /** Returns the first failure, or null while the device is sound. */
  public KronosException failure() {
    return failure.get();
  }

  /** Records a failure; only the first one counts. */
  void fail(KronosException cause) {
    failure.compareAndSet(null, cause);
  }

  /** Throws if the device has failed. The exception is new, so that its stack is the caller's. */
  public void requireSound() {
    KronosException first = failure.get();
    if (first != null) {
      throw new KronosException.DeviceFailure(
          "device has failed earlier: cause=" + first.getMessage(), first);
    }
  }

  @Override
  public void close() {
    vkDestroyDevice(device, null);
  }

  private static VkQueue firstQueue(VkDevice device, int family) {
    try (MemoryStack stack = stackPush()) {
      PointerBuffer handle = stack.mallocPointer(1);
      vkGetDeviceQueue(device, family, 0, handle);
      return new VkQueue(handle.get(0), device);
    }
  }

  private static DeviceLimits limits(VkPhysicalDevice physical, QueueFamily family) {
    try (MemoryStack stack = stackPush()) {
      VkPhysicalDeviceProperties properties = VkPhysicalDeviceProperties.malloc(stack);
      vkGetPhysicalDeviceProperties(physical, properties);
      return new DeviceLimits(
          properties.limits().maxComputeWorkGroupCount(0),
          properties.limits().timestampPeriod(),
          family.timestampBits());
    }
  }
}
