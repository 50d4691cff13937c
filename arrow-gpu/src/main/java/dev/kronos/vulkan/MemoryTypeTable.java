// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT;
import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_HOST_CACHED_BIT;
import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT;

import dev.kronos.KronosException;
import dev.kronos.memory.Pool;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Maps each logical pool onto a memory type, once, at start-up. Pure: the choice depends on the
 * listed types alone and is tested without a device.
 *
 * <p>Host pools always take coherent memory, so that nothing needs flushing. The device pool takes
 * memory that the host cannot see where there is some: on cards without a resizable BAR the visible
 * part of device memory is a window of about 200 MiB.
 *
 * @param types memory type index of each pool
 * @param unified whether all pools share one type
 * @param ringType the type of the argument ring: host-visible and, where possible, on the device
 */
record MemoryTypeTable(Map<Pool, Integer> types, boolean unified, int ringType) {

  private static final int LOCAL = VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT;
  private static final int MAPPED =
      VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
  private static final int CACHED = VK_MEMORY_PROPERTY_HOST_CACHED_BIT;

  /** Says which property bits a choice needs and which it avoids. */
  private record Wish(int wanted, int unwanted) {}

  private static final List<Wish> UNIFIED =
      List.of(new Wish(LOCAL | MAPPED | CACHED, 0), new Wish(LOCAL | MAPPED, 0));
  private static final List<Wish> RING =
      List.of(new Wish(LOCAL | MAPPED, 0), new Wish(MAPPED, CACHED), new Wish(MAPPED, 0));
  private static final Map<Pool, List<Wish>> WISHES =
      Map.of(
          Pool.DEVICE,
          List.of(new Wish(LOCAL, MAPPED), new Wish(LOCAL, 0), new Wish(0, 0)),
          Pool.UPLOAD,
          List.of(new Wish(MAPPED, LOCAL | CACHED), new Wish(MAPPED, LOCAL), new Wish(MAPPED, 0)),
          Pool.READBACK,
          List.of(
              new Wish(MAPPED | CACHED, LOCAL), new Wish(MAPPED | CACHED, 0), new Wish(MAPPED, 0)));

  /**
   * Resolves the pools.
   *
   * @param flags property bits of each memory type
   * @param allowed bit mask of the types that our buffers may use
   * @param shared whether device and host share their memory (an integrated or a software device)
   * @throws KronosException.NoDevice when the device has no host-visible coherent memory
   */
  static MemoryTypeTable resolve(int[] flags, int allowed, boolean shared) {
    int ring = first(flags, allowed, RING);
    int one = shared ? first(flags, allowed, UNIFIED) : -1;
    Map<Pool, Integer> types = new EnumMap<>(Pool.class);
    for (Pool pool : Pool.values()) {
      types.put(pool, one >= 0 ? one : first(flags, allowed, WISHES.get(pool)));
    }
    if (ring < 0 || types.containsValue(-1)) {
      throw new KronosException.NoDevice(
          KronosException.message(
              "device has no host-visible coherent memory", "memoryTypes", flags.length));
    }
    return new MemoryTypeTable(Map.copyOf(types), one >= 0, ring);
  }

  private static int first(int[] flags, int allowed, List<Wish> wishes) {
    for (Wish wish : wishes) {
      for (int i = 0; i < flags.length; i++) {
        boolean usable = (allowed & 1 << i) != 0;
        boolean matches = (flags[i] & wish.wanted()) == wish.wanted();
        if (usable && matches && (flags[i] & wish.unwanted()) == 0) {
          return i;
        }
      }
    }
    return -1;
  }
}
