// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.Set;
import java.util.TreeSet;

/**
 * Holds a compute shader's SPIR-V and the interface read from it. Immutable: arrays are copied.
 *
 * @param name what messages call it
 * @param code the module, little-endian words
 * @param pushConstantBytes size of its push-constant block; 0 for none
 * @param localSize three numbers, the invocations of a workgroup
 * @param bindings the bindings of descriptor set 0 that it uses
 */
public record SpirvModule(
    String name, byte[] code, int pushConstantBytes, int[] localSize, Set<Integer> bindings) {

  /** Copies its parts. */
  public SpirvModule {
    code = code.clone();
    localSize = localSize.clone();
    bindings = Set.copyOf(bindings);
  }

  /**
   * Reads a module's interface.
   *
   * @param name what messages call it
   * @param code the module
   * @return the module with its interface
   * @throws ShaderCompileException if the code is no compute shader, or uses a descriptor set other
   *     than 0
   */
  public static SpirvModule of(String name, byte[] code) {
    SpirvReflection found = SpirvReflection.of(name, code);
    Set<Integer> bindings = new TreeSet<>();
    for (SpirvReflection.Resource resource : found.resources()) {
      if (resource.set() != 0) {
        throw new ShaderCompileException(
            "shader uses a foreign descriptor set", name, "set=" + resource.set());
      }
      bindings.add(resource.binding());
    }
    return new SpirvModule(
        name,
        code,
        found.pushConstantBytes(),
        found.localSize().stream().mapToInt(Integer::intValue).toArray(),
        bindings);
  }

  /** Returns a copy of the words. */
  @Override
  public byte[] code() {
    return code.clone();
  }

  /** Returns a copy of the three numbers. */
  @Override
  public int[] localSize() {
    return localSize.clone();
  }
}
