// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Describes a Vulkan device: plain data, gathered once, that selection, profiles and reports are
 * pure functions of. Immutable.
 *
 * @param identity which device it is
 * @param driver its driver
 * @param heaps its memory heaps
 * @param limits its limits
 * @param capabilities what it can do
 */
public record DeviceInfo(
    DeviceIdentity identity,
    DriverInfo driver,
    List<MemoryHeap> heaps,
    ComputeLimits limits,
    Set<Capability> capabilities) {
  /** Copies the collections. */
  public DeviceInfo {
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(driver, "driver");
    Objects.requireNonNull(limits, "limits");
    heaps = List.copyOf(heaps);
    EnumSet<Capability> copy = EnumSet.noneOf(Capability.class);
    copy.addAll(capabilities);
    capabilities = Collections.unmodifiableSet(copy);
  }

  /** Returns the device's place in the driver's enumeration. */
  public int index() {
    return identity.index();
  }

  /** Returns the device's name. */
  public String name() {
    return identity.name();
  }

  /** Returns the device's kind. */
  public DeviceType type() {
    return identity.type();
  }

  /** Returns the Vulkan version that the device supports. */
  public ApiVersion apiVersion() {
    return driver.apiVersion();
  }

  /** Returns the number of invocations in a subgroup. */
  public int subgroupSize() {
    return limits.subgroupSize();
  }

  /** Returns the profile of settings that suits the device's vendor. */
  public VendorProfile profile() {
    return VendorProfiles.of(this);
  }

  /** Returns whether the device has a capability. */
  public boolean supports(Capability capability) {
    return capabilities.contains(capability);
  }

  /** Returns the required capabilities that the device lacks; empty when Kronos can use it. */
  public List<Capability> missing() {
    return Arrays.stream(Capability.values())
        .filter(capability -> capability.required() && !supports(capability))
        .toList();
  }

  /**
   * Returns whether host and device share their memory, so that all pools are one: an integrated or
   * software device with memory of its own that the host can map. A card with a resizable BAR shows
   * such memory too, but reading it crosses the bus.
   */
  public boolean unified() {
    boolean shares = type() == DeviceType.INTEGRATED || type() == DeviceType.CPU;
    return shares && heaps.stream().anyMatch(heap -> heap.hostVisible() && heap.deviceLocal());
  }

  /** Returns the size in bytes of the device's own memory. */
  public long deviceMemoryBytes() {
    return heaps.stream().filter(MemoryHeap::deviceLocal).mapToLong(MemoryHeap::sizeBytes).sum();
  }
}
