// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.system.MemoryStack.stackPush;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties;

/**
 * Identifies the device and driver that a pipeline cache belongs to. The bytes are the header that
 * Vulkan puts in front of the data (VkPipelineCacheHeaderVersionOne), which drivers are known to
 * check badly, so Kronos checks it first.
 *
 * <pre>
 *  0  u32       length of the header, 32
 *  4  u32       version, 1
 *  8  u32       vendor
 * 12  u32       device
 * 16  u8[16]    pipelineCacheUUID
 * </pre>
 *
 * @param vendor vendor number
 * @param deviceId device number
 * @param driverVersion driver version as the driver codes it; not in the header, so part of the key
 * @param uuid pipelineCacheUUID, 16 bytes in hexadecimal
 */
public record PipelineCacheHeader(int vendor, int deviceId, int driverVersion, String uuid) {

  private static final int HEADER_BYTES = 32;
  private static final int UUID_OFFSET = 16;

  /** Reads the identity of an open device. */
  public static PipelineCacheHeader of(VulkanDevice device) {
    try (MemoryStack stack = stackPush()) {
      VkPhysicalDeviceProperties properties = VkPhysicalDeviceProperties.malloc(stack);
      VK10.vkGetPhysicalDeviceProperties(device.physical, properties);
      byte[] uuid = new byte[VK10.VK_UUID_SIZE];
      properties.pipelineCacheUUID().get(uuid);
      return new PipelineCacheHeader(
          properties.vendorID(), properties.deviceID(), properties.driverVersion(), hex(uuid));
    }
  }

  /** Returns a name for files that belong to this device and driver; letters, digits and '-'. */
  public String key() {
    return String.format("%08x-%08x-%08x-%s", vendor, deviceId, driverVersion, uuid);
  }

  /** Returns whether data begins with the header of this device. Never throws. */
  public boolean matches(byte[] data) {
    if (data.length < HEADER_BYTES) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
    byte[] found = Arrays.copyOfRange(data, UUID_OFFSET, HEADER_BYTES);
    return header.getInt(0) == HEADER_BYTES
        && header.getInt(4) == VK10.VK_PIPELINE_CACHE_HEADER_VERSION_ONE
        && header.getInt(8) == vendor
        && header.getInt(12) == deviceId
        && hex(found).equals(uuid);
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
    }
    return text.toString();
  }
}
