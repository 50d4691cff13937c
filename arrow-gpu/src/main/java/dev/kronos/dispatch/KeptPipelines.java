// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.KronosException;
import dev.kronos.vulkan.PipelineCacheHeader;
import dev.kronos.vulkan.PipelineFactory;
import dev.kronos.vulkan.VulkanDevice;
import dev.kronos.vulkan.spirv.ShaderBuild;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the driver's code of all kernels between runs, in one file a device, driver and build.
 * Several processes may share the file: who saves puts what has come there since beside its own.
 * Thread-safe.
 */
final class KeptPipelines {
  private static final Logger LOG = LoggerFactory.getLogger(KeptPipelines.class);

  private final DiskCache disk;
  private final PipelineCacheHeader header;
  private final String file;
  private long saved;

  KeptPipelines(DiskCache disk, VulkanDevice device, ShaderBuild build) {
    this.disk = disk;
    this.header = PipelineCacheHeader.of(device);
    String suffix = build == ShaderBuild.CHECKED ? "-checked.bin" : ".bin";
    this.file = "pipelines-" + header.key() + suffix;
  }

  /** Returns what was kept for this device and driver, empty when there is nothing. */
  byte[] read() {
    return disk.read(file).filter(header::matches).orElseGet(() -> new byte[0]);
  }

  /**
   * Saves the code of all pipelines, unless no more have been made than when it was saved last. A
   * driver that gives none out is mentioned in the log, and that is all.
   *
   * @param pipelines what made them; stays open until this returns
   * @param made how many there are by now
   */
  synchronized void save(PipelineFactory pipelines, long made) {
    if (made == saved) {
      return;
    }
    saved = made;
    try {
      disk.write(file, pipelines.cacheData(read()));
    } catch (KronosException e) {
      LOG.debug("pipeline cache not saved: cause={}", e.getMessage());
    }
  }
}
