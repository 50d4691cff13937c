// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes descriptions of devices for tests. */
final class Devices {
  static final DeviceInfo H200 =
      device(
          new DeviceIdentity(0, "NVIDIA H200", VendorProfiles.NVIDIA, 0x2335, DeviceType.DISCRETE),
          List.of(new MemoryHeap(140L << 30, true, false), new MemoryHeap(512L << 30, false, true)),
          EnumSet.allOf(Capability.class));

  static final DeviceInfo INTEGRATED =
      device(
          new DeviceIdentity(
              1, "Intel UHD 770", VendorProfiles.INTEL, 0x4680, DeviceType.INTEGRATED),
          List.of(new MemoryHeap(24L << 30, true, true)),
          EnumSet.allOf(Capability.class));

  static final DeviceInfo LAVAPIPE =
      device(
          new DeviceIdentity(2, "llvmpipe (LLVM 15.0.6)", VendorProfiles.MESA, 0, DeviceType.CPU),
          List.of(new MemoryHeap(2L << 30, true, true)),
          EnumSet.complementOf(EnumSet.of(Capability.MEMORY_BUDGET)));

  private Devices() {}

  static DeviceInfo device(
      DeviceIdentity identity, List<MemoryHeap> heaps, Set<Capability> capabilities) {
    return new DeviceInfo(
        identity,
        new DriverInfo("test driver", "12.3", new ApiVersion(1, 3, 230)),
        heaps,
        new ComputeLimits(32, 1024, 49152, 256, 4L << 30, 4096),
        capabilities);
  }

  static DeviceInfo without(DeviceInfo device, Capability... lacking) {
    EnumSet<Capability> left = EnumSet.copyOf(device.capabilities());
    left.removeAll(List.of(lacking));
    return device(device.identity(), device.heaps(), left);
  }
}
