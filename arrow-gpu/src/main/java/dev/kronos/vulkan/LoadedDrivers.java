// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import dev.kronos.device.IcdDiscovery;
import dev.kronos.device.IcdManifest;
import org.lwjgl.system.Platform;
import org.lwjgl.system.linux.DynamicLinkLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps drivers in the process that were loaded once. The Vulkan loader unloads a driver with its
 * last instance, and loading it again takes another piece of the C library's block for thread-local
 * variables, which is small and never given back: with NVIDIA's driver 580.159 a process could
 * create 30 instances one after the other and found no driver for the next.
 */
final class LoadedDrivers {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedDrivers.class);

  private static final int MODE =
      DynamicLinkLoader.RTLD_LAZY | DynamicLinkLoader.RTLD_NOLOAD | DynamicLinkLoader.RTLD_NODELETE;

  private LoadedDrivers() {}

  /** Keeps those of some drivers that are loaded at this moment. */
  static void keep(IcdDiscovery found) {
    if (Platform.get() != Platform.LINUX) {
      return;
    }
    for (IcdManifest manifest : found.manifests()) {
      if (DynamicLinkLoader.dlopen(manifest.library(), MODE) != 0) {
        LOG.debug("driver kept in the process: library={}", manifest.library());
      }
    }
  }
}
