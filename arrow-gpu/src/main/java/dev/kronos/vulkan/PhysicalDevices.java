// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.system.MemoryStack.stackPush;

import dev.kronos.device.ApiVersion;
import dev.kronos.device.Capability;
import dev.kronos.device.ComputeLimits;
import dev.kronos.device.DeviceIdentity;
import dev.kronos.device.DeviceInfo;
import dev.kronos.device.DeviceType;
import dev.kronos.device.DriverInfo;
import dev.kronos.device.MemoryHeap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VK11;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceExternalMemoryHostPropertiesEXT;
import org.lwjgl.vulkan.VkPhysicalDeviceLimits;
import org.lwjgl.vulkan.VkPhysicalDeviceMemoryProperties;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties2;
import org.lwjgl.vulkan.VkPhysicalDeviceVulkan11Properties;
import org.lwjgl.vulkan.VkPhysicalDeviceVulkan12Properties;

/** Describes the physical devices of an instance as plain data. */
public final class PhysicalDevices {

  private PhysicalDevices() {}

  /** Returns every device in the driver's order; empty when there is none. */
  public static List<DeviceInfo> enumerate(VulkanInstance instance) {
    List<VkPhysicalDevice> devices = instance.physicalDevices();
    List<DeviceInfo> infos = new ArrayList<>(devices.size());
    for (int i = 0; i < devices.size(); i++) {
      infos.add(describe(devices.get(i), i));
    }
    return infos;
  }

  private static DeviceInfo describe(VkPhysicalDevice device, int index) {
    try (MemoryStack stack = stackPush()) {
      VkPhysicalDeviceProperties basic = VkPhysicalDeviceProperties.calloc(stack);
      VK10.vkGetPhysicalDeviceProperties(device, basic);
      ApiVersion version = ApiVersion.unpack(basic.apiVersion());
      boolean modern = version.isAtLeast(ApiVersion.VULKAN_1_3);
      Properties properties = modern ? Properties.of(device, stack) : Properties.none(stack);
      DeviceIdentity identity =
          new DeviceIdentity(
              index,
              basic.deviceNameString(),
              basic.vendorID(),
              basic.deviceID(),
              kind(basic.deviceType()));
      return new DeviceInfo(
          identity,
          driver(basic, properties.v12(), version),
          heaps(device),
          limits(basic.limits(), properties),
          modern ? CapabilityProbe.of(device) : Set.<Capability>of());
    }
  }

  private record Properties(
      VkPhysicalDeviceVulkan11Properties v11,
      VkPhysicalDeviceVulkan12Properties v12,
      VkPhysicalDeviceExternalMemoryHostPropertiesEXT host) {

    /** Returns zeros, for a driver that does not know these structures. */
    static Properties none(MemoryStack stack) {
      return new Properties(
          VkPhysicalDeviceVulkan11Properties.calloc(stack).sType$Default(),
          VkPhysicalDeviceVulkan12Properties.calloc(stack).sType$Default(),
          VkPhysicalDeviceExternalMemoryHostPropertiesEXT.calloc(stack).sType$Default());
    }

    static Properties of(VkPhysicalDevice device, MemoryStack stack) {
      Properties all = none(stack);
      all.v11.pNext(all.v12.address());
      if (CapabilityProbe.of(device).contains(Capability.EXTERNAL_MEMORY_HOST)) {
        all.v12.pNext(all.host.address());
      }
      VkPhysicalDeviceProperties2 head =
          VkPhysicalDeviceProperties2.calloc(stack).sType$Default().pNext(all.v11.address());
      VK11.vkGetPhysicalDeviceProperties2(device, head);
      return all;
    }
  }

  private static DriverInfo driver(
      VkPhysicalDeviceProperties basic, VkPhysicalDeviceVulkan12Properties v12, ApiVersion api) {
    String name = v12.driverNameString();
    String version = v12.driverInfoString();
    String number = "0x" + Integer.toHexString(basic.driverVersion());
    return new DriverInfo(
        name.isEmpty() ? "unknown" : name, version.isEmpty() ? number : version, api);
  }

  private static ComputeLimits limits(VkPhysicalDeviceLimits limits, Properties properties) {
    return new ComputeLimits(
        properties.v11().subgroupSize(),
        limits.maxComputeWorkGroupInvocations(),
        limits.maxComputeSharedMemorySize(),
        limits.maxPushConstantsSize(),
        properties.v11().maxMemoryAllocationSize(),
        properties.host().minImportedHostPointerAlignment());
  }

  private static List<MemoryHeap> heaps(VkPhysicalDevice device) {
    try (MemoryStack stack = stackPush()) {
      VkPhysicalDeviceMemoryProperties memory = VkPhysicalDeviceMemoryProperties.calloc(stack);
      VK10.vkGetPhysicalDeviceMemoryProperties(device, memory);
      List<MemoryHeap> heaps = new ArrayList<>();
      for (int i = 0; i < memory.memoryHeapCount(); i++) {
        boolean local = (memory.memoryHeaps(i).flags() & VK10.VK_MEMORY_HEAP_DEVICE_LOCAL_BIT) != 0;
        heaps.add(new MemoryHeap(memory.memoryHeaps(i).size(), local, hostVisible(memory, i)));
      }
      return heaps;
    }
  }

  private static boolean hostVisible(VkPhysicalDeviceMemoryProperties memory, int heap) {
    for (int i = 0; i < memory.memoryTypeCount(); i++) {
      int flags = memory.memoryTypes(i).propertyFlags();
      boolean visible = (flags & VK10.VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT) != 0;
      if (memory.memoryTypes(i).heapIndex() == heap && visible) {
        return true;
      }
    }
    return false;
  }

  private static DeviceType kind(int type) {
    return switch (type) {
      case VK10.VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU -> DeviceType.DISCRETE;
      case VK10.VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU -> DeviceType.INTEGRATED;
      case VK10.VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU -> DeviceType.VIRTUAL;
      case VK10.VK_PHYSICAL_DEVICE_TYPE_CPU -> DeviceType.CPU;
      default -> DeviceType.OTHER;
    };
  }
}
