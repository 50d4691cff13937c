// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.kernels.KernelCatalog;
import dev.kronos.vulkan.spirv.ShaderCompiler;
import dev.kronos.vulkan.spirv.SpirvModule;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Compiles Kronos' kernels with storage buffers and push constants in place of addresses. */
final class BoundKernels implements Function<String, SpirvModule> {

  private static final String BOUND = "KRONOS_BOUND";

  private final KernelCatalog catalog = KernelCatalog.load();
  private final Map<String, SpirvModule> modules = new HashMap<>();

  @Override
  public SpirvModule apply(String name) {
    return modules.computeIfAbsent(name, this::compile);
  }

  private SpirvModule compile(String name) {
    try (ShaderCompiler compiler = ShaderCompiler.create()) {
      return compiler.compile(catalog.source(name).with(BOUND, "1"));
    }
  }
}
