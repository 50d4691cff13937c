// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import static dev.kronos.vulkan.VkResults.check;
import static org.lwjgl.system.MemoryStack.stackPush;

import java.nio.LongBuffer;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkBufferCreateInfo;
import org.lwjgl.vulkan.VkMemoryAllocateInfo;
import org.lwjgl.vulkan.VkMemoryRequirements;

/** Owns a buffer with memory of its own, and what is known of the work that touched it last. */
final class PlainBuffer implements AutoCloseable {

  /** Says where a buffer lies and who can see it; the best property bits first. */
  enum Place {
    /** Memory of the device. */
    DEVICE(VK10.VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT, 0),
    /** Memory that the host writes. */
    UPLOAD(VK10.VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK10.VK_MEMORY_PROPERTY_HOST_COHERENT_BIT),
    /** Memory that the host reads. */
    READBACK(
        VK10.VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT
            | VK10.VK_MEMORY_PROPERTY_HOST_COHERENT_BIT
            | VK10.VK_MEMORY_PROPERTY_HOST_CACHED_BIT,
        VK10.VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK10.VK_MEMORY_PROPERTY_HOST_COHERENT_BIT);

    private final int[] wishes;

    Place(int... wishes) {
      this.wishes = wishes;
    }
  }

  private static final int USAGE =
      VK10.VK_BUFFER_USAGE_STORAGE_BUFFER_BIT
          | VK10.VK_BUFFER_USAGE_TRANSFER_SRC_BIT
          | VK10.VK_BUFFER_USAGE_TRANSFER_DST_BIT;

  final long handle;
  final long sizeBytes;
  final long hostAddress;
  private final PlainDevice device;
  private final long memory;

  /** Whether a kernel has written it and no barrier has made that visible yet. */
  boolean written;

  /** The submission in which a kernel read it last. */
  long readIn;

  PlainBuffer(PlainDevice device, long sizeBytes, Place place) {
    this.device = device;
    this.sizeBytes = sizeBytes;
    try (MemoryStack stack = stackPush()) {
      handle = create(stack);
      memory = allocate(place, stack);
      check(VK10.vkBindBufferMemory(device.device, handle, memory, 0), "vkBindBufferMemory");
      hostAddress = place == Place.DEVICE ? 0 : map(stack);
    }
  }

  private long create(MemoryStack stack) {
    VkBufferCreateInfo info =
        VkBufferCreateInfo.calloc(stack)
            .sType$Default()
            .size(sizeBytes)
            .usage(USAGE)
            .sharingMode(VK10.VK_SHARING_MODE_EXCLUSIVE);
    LongBuffer result = stack.mallocLong(1);
    check(VK10.vkCreateBuffer(device.device, info, null, result), "vkCreateBuffer");
    return result.get(0);
  }

  private long allocate(Place place, MemoryStack stack) {
    VkMemoryRequirements needed = VkMemoryRequirements.malloc(stack);
    VK10.vkGetBufferMemoryRequirements(device.device, handle, needed);
    VkMemoryAllocateInfo info =
        VkMemoryAllocateInfo.calloc(stack)
            .sType$Default()
            .allocationSize(needed.size())
            .memoryTypeIndex(device.memoryType(needed.memoryTypeBits(), place.wishes));
    LongBuffer result = stack.mallocLong(1);
    int code = VK10.vkAllocateMemory(device.device, info, null, result);
    if (code != VK10.VK_SUCCESS) {
      VK10.vkDestroyBuffer(device.device, handle, null);
    }
    check(code, "vkAllocateMemory");
    return result.get(0);
  }

  private long map(MemoryStack stack) {
    PointerBuffer address = stack.mallocPointer(1);
    check(
        VK10.vkMapMemory(device.device, memory, 0, VK10.VK_WHOLE_SIZE, 0, address), "vkMapMemory");
    return address.get(0);
  }

  @Override
  public void close() {
    VK10.vkDestroyBuffer(device.device, handle, null);
    VK10.vkFreeMemory(device.device, memory, null);
  }
}
