// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;
import static org.lwjgl.vulkan.EXTMemoryBudget.VK_EXT_MEMORY_BUDGET_EXTENSION_NAME;
import static org.lwjgl.vulkan.VK10.vkCreateDevice;
import static org.lwjgl.vulkan.VK10.vkDestroyDevice;
import static org.lwjgl.vulkan.VK10.vkGetPhysicalDeviceProperties;

import dev.kronos.KronosException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkDevice;
import org.lwjgl.vulkan.VkDeviceCreateInfo;
import org.lwjgl.vulkan.VkDeviceQueueCreateInfo;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties;

/**
 * Owns a logical device with queues to compute on and one for transfers. Remembers the first
 * failure: a lost device stays lost. Safe for many threads but for the queues, which {@link
 * VulkanQueue} guards.
 */
public final class VulkanDevice implements AutoCloseable {

  final VkPhysicalDevice physical;
  final VkDevice device;
  final List<DeviceQueue> computeQueues;
  final DeviceQueue transferQueue;
  final boolean memoryBudget;
  final DeviceLimits limits;
  private final DeviceGate gate = new DeviceGate();
  private final AtomicReference<KronosException> failure = new AtomicReference<>();

  private VulkanDevice(VkDevice device, QueuePlan plan, Extensions extensions) {
    this.physical = device.getPhysicalDevice();
    this.device = device;
    this.memoryBudget = extensions.contains(VK_EXT_MEMORY_BUDGET_EXTENSION_NAME);
    this.computeQueues =
        plan.compute().stream().map(place -> DeviceQueue.of(device, place)).toList();
    this.transferQueue = DeviceQueue.of(device, plan.transfer());
    this.limits = limits(physical, plan.computeFamily());
  }

  /**
   * Opens a device.
   *
   * @param instance the instance, which must outlive the device
   * @param index the device's place in {@link PhysicalDevices#enumerate}
   * @param queues how many queues are to run kernels, 1 or more; a device may have fewer
   */
  public static VulkanDevice open(VulkanInstance instance, int index, int queues) {
    VkPhysicalDevice physical = instance.physicalDevices().get(index);
    QueuePlan plan =
        QueuePlan.of(QueueFamily.of(physical), queues)
            .orElseThrow(() -> new KronosException.NoDevice("device has no compute queue"));
    Extensions extensions = Extensions.of(physical);
    try (MemoryStack stack = stackPush()) {
      FeatureChain features = FeatureChain.supportedBy(physical, stack).wanted(stack);
      MatrixFeatures matrices =
          MatrixFeatures.supportedBy(physical, extensions, stack).wanted(extensions, stack);
      features.v13().pNext(matrices.address());
      VkDeviceCreateInfo info =
          VkDeviceCreateInfo.calloc(stack)
              .sType$Default()
              .pNext(features.base().address())
              .pQueueCreateInfos(queues(plan, stack))
              .ppEnabledExtensionNames(extensions.wanted(stack));
      PointerBuffer handle = stack.mallocPointer(1);
      check(vkCreateDevice(physical, info, null, handle), "vkCreateDevice");
      VkDevice device = new VkDevice(handle.get(0), physical, info);
      return new VulkanDevice(device, plan, extensions);
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

  private static VkDeviceQueueCreateInfo.Buffer queues(QueuePlan plan, MemoryStack stack) {
    List<QueueFamily> families = plan.families();
    VkDeviceQueueCreateInfo.Buffer queues = VkDeviceQueueCreateInfo.calloc(families.size(), stack);
    for (int i = 0; i < families.size(); i++) {
      FloatBuffer priorities = stack.mallocFloat(plan.queuesOf(families.get(i)));
      while (priorities.hasRemaining()) {
        priorities.put(1f);
      }
      queues.get(i).sType$Default().queueFamilyIndex(families.get(i).index());
      queues.get(i).pQueuePriorities(priorities.flip());
    }
    return queues;
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
