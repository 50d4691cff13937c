// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.vulkan.VK11.vkGetPhysicalDeviceFeatures2;

import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceFeatures2;
import org.lwjgl.vulkan.VkPhysicalDeviceVulkan11Features;
import org.lwjgl.vulkan.VkPhysicalDeviceVulkan12Features;
import org.lwjgl.vulkan.VkPhysicalDeviceVulkan13Features;

/**
 * Holds the four chained feature structures of a device. Lives on a memory stack; used within the
 * stack frame it was made in.
 *
 * @param base Vulkan 1.0 features and the head of the chain
 * @param v11 Vulkan 1.1 features
 * @param v12 Vulkan 1.2 features
 * @param v13 Vulkan 1.3 features
 */
record FeatureChain(
    VkPhysicalDeviceFeatures2 base,
    VkPhysicalDeviceVulkan11Features v11,
    VkPhysicalDeviceVulkan12Features v12,
    VkPhysicalDeviceVulkan13Features v13) {

  /** Returns a chain in which every feature is off. */
  static FeatureChain empty(MemoryStack stack) {
    VkPhysicalDeviceVulkan13Features v13 =
        VkPhysicalDeviceVulkan13Features.calloc(stack).sType$Default();
    VkPhysicalDeviceVulkan12Features v12 =
        VkPhysicalDeviceVulkan12Features.calloc(stack).sType$Default().pNext(v13.address());
    VkPhysicalDeviceVulkan11Features v11 =
        VkPhysicalDeviceVulkan11Features.calloc(stack).sType$Default().pNext(v12.address());
    VkPhysicalDeviceFeatures2 base =
        VkPhysicalDeviceFeatures2.calloc(stack).sType$Default().pNext(v11.address());
    return new FeatureChain(base, v11, v12, v13);
  }

  /** Returns what a device supports; the device's API version is 1.3 or later. */
  static FeatureChain supportedBy(VkPhysicalDevice device, MemoryStack stack) {
    FeatureChain chain = empty(stack);
    vkGetPhysicalDeviceFeatures2(device, chain.base);
    return chain;
  }

  /**
   * Returns the features to enable: those that kernels and the runtime may use, where supported.
   * Everything else stays off, because an enabled feature can cost (robust buffer access does).
   */
  FeatureChain wanted(MemoryStack stack) {
    FeatureChain on = empty(stack);
    on.base
        .features()
        .shaderInt64(base.features().shaderInt64())
        .shaderInt16(base.features().shaderInt16())
        .shaderFloat64(base.features().shaderFloat64());
    on.v11.storageBuffer16BitAccess(v11.storageBuffer16BitAccess());
    on.v12
        .bufferDeviceAddress(v12.bufferDeviceAddress())
        .timelineSemaphore(v12.timelineSemaphore())
        .shaderInt8(v12.shaderInt8())
        .shaderFloat16(v12.shaderFloat16())
        .storageBuffer8BitAccess(v12.storageBuffer8BitAccess())
        .shaderBufferInt64Atomics(v12.shaderBufferInt64Atomics())
        .scalarBlockLayout(v12.scalarBlockLayout())
        .vulkanMemoryModel(v12.vulkanMemoryModel())
        .vulkanMemoryModelDeviceScope(v12.vulkanMemoryModelDeviceScope());
    on.v13
        .synchronization2(v13.synchronization2())
        .maintenance4(v13.maintenance4())
        .subgroupSizeControl(v13.subgroupSizeControl())
        .computeFullSubgroups(v13.computeFullSubgroups())
        .shaderZeroInitializeWorkgroupMemory(v13.shaderZeroInitializeWorkgroupMemory());
    return on;
  }
}
