// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import dev.kronos.vulkan.spirv.SpirvModule;
import dev.kronos.vulkan.spirv.SpirvReflection;
import java.util.List;

/** Compares what a kernel declares with what its SPIR-V says. */
public final class KernelCheck {

  private KernelCheck() {}

  /**
   * Compares a declaration with a module.
   *
   * @param spec the declaration
   * @param module the module compiled from it
   * @throws IllegalStateException if they differ; the message names kernel, declared and found
   */
  public static void verify(KernelSpec spec, SpirvModule module) {
    int[] size = module.localSize();
    same(spec, "rootBytes", spec.rootBytes(), module.pushConstantBytes());
    same(spec, "workgroupSize", spec.workgroupSize(), size[0] * size[1] * size[2]);
    same(spec, "bindings", spec.bindings(), module.bindings());
    verifyArguments(spec, SpirvReflection.of(module.name(), module.code()));
  }

  private static void verifyArguments(KernelSpec spec, SpirvReflection found) {
    ArgumentLayout layout = spec.arguments();
    List<String> declared =
        layout.fields().stream()
            .map(field -> field.name() + "@" + field.offsetBytes() + ":" + field.type().sizeBytes())
            .toList();
    List<String> members =
        found.structs().getOrDefault(layout.struct(), List.of()).stream()
            .map(member -> member.name() + "@" + member.offsetBytes() + ":" + member.sizeBytes())
            .toList();
    same(spec, layout.struct(), declared, members);
  }

  private static void same(KernelSpec spec, String what, Object declared, Object found) {
    if (!declared.equals(found)) {
      throw new IllegalStateException(
          "kernel differs from its declaration: kernel="
              + spec.name()
              + ", what="
              + what
              + ", declared="
              + declared
              + ", found="
              + found);
    }
  }
}
