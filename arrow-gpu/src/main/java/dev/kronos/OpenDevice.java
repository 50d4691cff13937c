// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import dev.kronos.device.DeviceInfo;
import dev.kronos.device.DeviceSelection;
import dev.kronos.device.HostPlatform;
import dev.kronos.dispatch.Counters;
import dev.kronos.dispatch.Kernels;
import dev.kronos.dispatch.StreamContext;
import dev.kronos.memory.MemoryPools;
import dev.kronos.vulkan.PersistentSet;
import dev.kronos.vulkan.PhysicalDevices;
import dev.kronos.vulkan.Teardown;
import dev.kronos.vulkan.VulkanDevice;
import dev.kronos.vulkan.VulkanInstance;
import dev.kronos.vulkan.VulkanMemory;

/** Holds the parts of an open device and knows the order in which they come and go. */
final class OpenDevice {

  private static final long RING_BYTES = 8L << 20;

  private final Teardown teardown;
  private final DeviceInfo info;
  private final VulkanInstance instance;
  private final VulkanDevice device;
  private final VulkanMemory source;
  private final MemoryPools memory;
  private final PersistentSet set;
  private final Kernels kernels;
  private final StreamContext streams;

  private OpenDevice(KronosOptions options, Teardown teardown) {
    this.teardown = teardown;
    instance = teardown.add(VulkanInstance.create(options));
    info =
        DeviceSelection.choose(PhysicalDevices.enumerate(instance), options)
            .orElseThrow(HostPlatform.current().remedy());
    int queues = options.queues() > 0 ? options.queues() : info.profile().queues().value();
    device = teardown.add(VulkanDevice.open(instance, info.index(), queues));
    source = new VulkanMemory(device);
    memory = teardown.add(new MemoryPools(source, options));
    set = teardown.add(new PersistentSet(device, source, RING_BYTES));
    kernels = teardown.add(new Kernels(device, set, options));
    StreamContext.Settings settings =
        new StreamContext.Settings(memory, kernels, info.profile(), options.shaderBuild(), queues);
    streams = teardown.add(new StreamContext(device, set, settings));
    source.fillOnDeviceWith(streams::fillNow);
    memory.reclaimWith(streams::releaseInFlight);
  }

  /** Opens all parts, or none. */
  static OpenDevice open(KronosOptions options) {
    Teardown teardown = new Teardown();
    try {
      return new OpenDevice(options, teardown);
    } catch (RuntimeException | Error e) {
      teardown.close();
      throw e;
    }
  }

  DeviceInfo info() {
    return info;
  }

  MemoryPools memory() {
    return memory;
  }

  Kernels kernels() {
    return kernels;
  }

  StreamContext streams() {
    return streams;
  }

  /** Returns whether the device has not failed. */
  boolean sound() {
    return device.failure() == null;
  }

  Counters counters() {
    return new Counters(
        set.descriptorUpdates(),
        streams.totals(),
        streams.driverSubmits(),
        streams.hostWaits(),
        source.allocations(),
        source.outstanding(),
        kernels.created(),
        kernels.run(),
        kernels.compilations(),
        kernels.workNanos(),
        kernels.waitNanos(),
        instance.validationMessages());
  }

  /** Waits for the work submitted so far and releases what it held. A failed device has none. */
  void finishWork() {
    streams.finish();
  }

  /** Destroys everything. Failures come out last, when nothing is left. */
  void close() {
    device.gate().close();
    streams.settle();
    try (teardown) {
      streams.requireChecksPassed();
    }
  }

  /**
   * Does as {@link #close}, for the end of the JVM, but for memory that is still held: a thread
   * that nobody can stop may be writing to it, and would take the JVM down if it were unmapped.
   */
  void abandon() {
    device.gate().close();
    streams.settle();
    memory.abandon();
    if (streams.openStreamCount() > 0) {
      set.abandonRing();
    }
    teardown.close();
  }
}
