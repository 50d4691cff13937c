// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Declares a static kernel: how it is made and what its callers rely on. The build compares it with
 * the SPIR-V. Immutable.
 *
 * @param name family and name, e.g. {@code scan/tiles_uint32}
 * @param template the GLSL file below {@code src/main/glsl}
 * @param macros what tells this variant from its siblings
 * @param rootBytes size of the push-constant root
 * @param workgroupSize invocations of a workgroup
 * @param bindings bindings of descriptor set 0 that it uses
 * @param arguments the table that {@code root.args} points to
 */
public record KernelSpec(
    String name,
    String template,
    Map<String, String> macros,
    int rootBytes,
    int workgroupSize,
    Set<Integer> bindings,
    ArgumentLayout arguments) {

  /** The root every kernel has: two addresses, a count, flags. */
  public static final int ROOT_BYTES = 24;

  /** The workgroup size of kernels that do not ask for another. */
  public static final int DEFAULT_WORKGROUP_SIZE = 256;

  /** Copies its parts. */
  public KernelSpec {
    macros = Collections.unmodifiableMap(new TreeMap<>(macros));
    bindings = Set.copyOf(bindings);
  }

  /**
   * Declares a kernel with the usual root and no bindings. The macro {@code WORKGROUP_SIZE}, where
   * it is given, is its workgroup size.
   *
   * @param name see {@link #name}
   * @param template see {@link #template}
   * @param macros see {@link #macros}
   * @param arguments see {@link #arguments}
   * @return the declaration
   */
  public static KernelSpec of(
      String name, String template, Map<String, String> macros, ArgumentLayout arguments) {
    String size = macros.get("WORKGROUP_SIZE");
    int workgroupSize = size == null ? DEFAULT_WORKGROUP_SIZE : Integer.parseInt(size);
    return new KernelSpec(name, template, macros, ROOT_BYTES, workgroupSize, Set.of(), arguments);
  }

  /**
   * Names the class-path resource, relative to this package, that holds the compiled kernel.
   *
   * @return e.g. {@code spirv/scan/tiles_uint32.spv}
   */
  public String resource() {
    return "spirv/" + name + ".spv";
  }

  /**
   * Names the class-path resource, relative to this package, that holds the template.
   *
   * @return e.g. {@code glsl/scan/tiles.comp}
   */
  public String sourceResource() {
    return "glsl/" + template;
  }
}
