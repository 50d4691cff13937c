// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.vulkan.spirv.SpirvModule;

/** Runs a compiled probe on a device. */
@FunctionalInterface
public interface ProbeRunner {

  /**
   * Runs a probe.
   *
   * @param module the compiled probe
   * @param inputs words for ProbeArguments.inputs
   * @param outputWords how many zeroed words ProbeArguments.outputs needs
   * @param count root.count
   * @return the words at ProbeArguments.outputs afterwards
   */
  long[] run(SpirvModule module, long[] inputs, int outputWords, int count);
}
