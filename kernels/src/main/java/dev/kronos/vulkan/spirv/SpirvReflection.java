// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what a compute shader's SPIR-V says of its interface. Immutable.
 *
 * @param pushConstantBytes size of the push-constant block; 0 for none
 * @param localSize three numbers, with specialisation constants at their defaults
 * @param specializedLocalSize which of the three come from specialisation constants
 * @param resources descriptors used
 * @param capabilities SPIR-V capability numbers declared
 * @param structs members of each named struct, in order; empty where names were stripped
 */
public record SpirvReflection(
    int pushConstantBytes,
    List<Integer> localSize,
    Set<Integer> specializedLocalSize,
    Set<Resource> resources,
    Set<Integer> capabilities,
    Map<String, List<Member>> structs) {

  /** Copies its parts. */
  public SpirvReflection {
    localSize = List.copyOf(localSize);
    specializedLocalSize = Set.copyOf(specializedLocalSize);
    resources = Set.copyOf(resources);
    capabilities = Set.copyOf(capabilities);
    structs = Map.copyOf(structs);
  }

  /**
   * Names a descriptor.
   *
   * @param set its descriptor set
   * @param binding its binding
   */
  public record Resource(int set, int binding) {}

  /**
   * Names a struct's member.
   *
   * @param name as the source has it
   * @param offsetBytes from the struct's start
   * @param sizeBytes its size; 0 for an array of unknown length
   */
  public record Member(String name, int offsetBytes, int sizeBytes) {}

  /**
   * Reads a module.
   *
   * @param name what messages call it
   * @param code the module, little-endian words
   * @return its interface
   * @throws ShaderCompileException if the code is no compute shader in SPIR-V
   */
  public static SpirvReflection of(String name, byte[] code) {
    return new SpirvReader(name, code).read();
  }
}
