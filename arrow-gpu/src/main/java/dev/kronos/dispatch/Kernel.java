// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.vulkan.ComputePipeline;
import dev.kronos.vulkan.spirv.SpirvModule;
import java.util.Arrays;

/**
 * Stands for a kernel that is ready to run on one device. Valid until that device is closed; safe
 * for many threads.
 */
public final class Kernel {

  private final String name;
  private final int workgroupSize;
  private final Object device;
  private final ComputePipeline pipeline;
  private volatile boolean ran;

  Kernel(Object device, SpirvModule module, ComputePipeline pipeline) {
    this.device = device;
    this.name = module.name();
    this.workgroupSize = Arrays.stream(module.localSize()).reduce(1, (a, b) -> a * b);
    this.pipeline = pipeline;
  }

  /** Returns the name that it was compiled under. */
  public String name() {
    return name;
  }

  /** Returns how many threads one workgroup has. */
  public int workgroupSize() {
    return workgroupSize;
  }

  ComputePipeline pipeline() {
    return pipeline;
  }

  /** Notes that a run is recorded. */
  void noteRun() {
    if (!ran) {
      ran = true;
    }
  }

  /** Returns whether a run was ever recorded. */
  boolean ran() {
    return ran;
  }

  /** Returns a token of the device that the kernel belongs to; kernels of others are refused. */
  Object device() {
    return device;
  }

  @Override
  public String toString() {
    return "Kernel[name=" + name + ", workgroupSize=" + workgroupSize + "]";
  }
}
