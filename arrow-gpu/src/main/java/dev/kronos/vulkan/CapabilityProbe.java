// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.system.MemoryStack.stackPush;

import dev.kronos.device.Capability;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.EXTExternalMemoryHost;
import org.lwjgl.vulkan.EXTMemoryBudget;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VK11;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties2;
import org.lwjgl.vulkan.VkPhysicalDeviceVulkan11Properties;

/** Asks a Vulkan 1.3 device for its capabilities, by one table from feature to capability. */
final class CapabilityProbe {

  private static final Map<Capability, Predicate<FeatureChain>> FEATURES = features();

  private static final Map<Capability, String> EXTENSIONS =
      Map.of(
          Capability.MEMORY_BUDGET,
          EXTMemoryBudget.VK_EXT_MEMORY_BUDGET_EXTENSION_NAME,
          Capability.EXTERNAL_MEMORY_HOST,
          EXTExternalMemoryHost.VK_EXT_EXTERNAL_MEMORY_HOST_EXTENSION_NAME);

  private static final int SHUFFLES =
      VK11.VK_SUBGROUP_FEATURE_BASIC_BIT
          | VK11.VK_SUBGROUP_FEATURE_BALLOT_BIT
          | VK11.VK_SUBGROUP_FEATURE_SHUFFLE_BIT
          | VK11.VK_SUBGROUP_FEATURE_SHUFFLE_RELATIVE_BIT;

  private CapabilityProbe() {}

  private static Map<Capability, Predicate<FeatureChain>> features() {
    Map<Capability, Predicate<FeatureChain>> table = new LinkedHashMap<>();
    table.put(Capability.BUFFER_DEVICE_ADDRESS, f -> f.v12().bufferDeviceAddress());
    table.put(Capability.TIMELINE_SEMAPHORE, f -> f.v12().timelineSemaphore());
    table.put(Capability.SYNCHRONIZATION2, f -> f.v13().synchronization2());
    table.put(Capability.SCALAR_BLOCK_LAYOUT, f -> f.v12().scalarBlockLayout());
    table.put(Capability.SHADER_INT64, f -> f.base().features().shaderInt64());
    table.put(Capability.SHADER_INT16, f -> f.base().features().shaderInt16());
    table.put(Capability.SHADER_INT8, f -> f.v12().shaderInt8());
    table.put(Capability.STORAGE_16BIT, f -> f.v11().storageBuffer16BitAccess());
    table.put(Capability.STORAGE_8BIT, f -> f.v12().storageBuffer8BitAccess());
    table.put(Capability.BUFFER_INT64_ATOMICS, f -> f.v12().shaderBufferInt64Atomics());
    table.put(Capability.SHADER_FLOAT64, f -> f.base().features().shaderFloat64());
    table.put(Capability.MEMORY_MODEL, f -> f.v12().vulkanMemoryModel());
    table.put(Capability.SUBGROUP_SIZE_CONTROL, f -> f.v13().subgroupSizeControl());
    table.put(Capability.SHADER_FLOAT16, f -> f.v12().shaderFloat16());
    return table;
  }

  /** Returns what a device can do; the device's API version is 1.3 or later. */
  static Set<Capability> of(VkPhysicalDevice device) {
    Set<Capability> found = EnumSet.of(Capability.VULKAN_1_3);
    try (MemoryStack stack = stackPush()) {
      FeatureChain chain = FeatureChain.supportedBy(device, stack);
      FEATURES.forEach(
          (capability, present) -> {
            if (present.test(chain)) {
              found.add(capability);
            }
          });
    }
    Extensions extensions = Extensions.of(device);
    EXTENSIONS.forEach(
        (capability, name) -> {
          if (extensions.contains(name)) {
            found.add(capability);
          }
        });
    addMatrices(device, extensions, found);
    if (shuffles(device)) {
      found.add(Capability.SUBGROUP_SHUFFLES);
    }
    QueuePlan.of(QueueFamily.of(device), 1)
        .ifPresent(
            plan -> {
              found.add(Capability.COMPUTE_QUEUE);
              if (plan.computeFamily().timestampBits() > 0) {
                found.add(Capability.TIMESTAMPS);
              }
            });
    return found;
  }

  private static boolean shuffles(VkPhysicalDevice device) {
    try (MemoryStack stack = stackPush()) {
      VkPhysicalDeviceVulkan11Properties v11 =
          VkPhysicalDeviceVulkan11Properties.calloc(stack).sType$Default();
      VK11.vkGetPhysicalDeviceProperties2(
          device, VkPhysicalDeviceProperties2.calloc(stack).sType$Default().pNext(v11.address()));
      boolean compute = (v11.subgroupSupportedStages() & VK10.VK_SHADER_STAGE_COMPUTE_BIT) != 0;
      return compute && (v11.subgroupSupportedOperations() & SHUFFLES) == SHUFFLES;
    }
  }

  private static void addMatrices(
      VkPhysicalDevice device, Extensions extensions, Set<Capability> found) {
    try (MemoryStack stack = stackPush()) {
      MatrixFeatures features = MatrixFeatures.supportedBy(device, extensions, stack);
      if (features.halfMatrix()) {
        found.add(Capability.COOPERATIVE_MATRIX);
      }
      if (features.brainMatrix()) {
        found.add(Capability.BFLOAT16_MATRIX);
      }
    }
  }
}
