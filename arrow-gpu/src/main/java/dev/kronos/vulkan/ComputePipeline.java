// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

/**
 * Stands for one compute pipeline. Owned by the {@link PipelineFactory} that made it; immutable;
 * opaque outside of this package, so that handles of different kinds cannot be mixed up.
 */
public final class ComputePipeline {

  final long handle;

  ComputePipeline(long handle) {
    this.handle = handle;
  }
}
