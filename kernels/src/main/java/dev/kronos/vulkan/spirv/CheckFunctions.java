// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static dev.kronos.vulkan.spirv.SpirvCode.opcode;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the functions of {@code include/checked.glsl} and carries them through the optimiser. */
final class CheckFunctions {

  private static final String PREFIX = "kronos_check";
  private static final int OP_NAME = 5;
  private static final int OP_FUNCTION = 54;
  private static final int OP_LOOP_MERGE = 246;
  private static final int DONT_INLINE = 2;
  private static final int UNROLL = 1;
  private static final int DONT_UNROLL = 2;

  private final String shader;
  private final Map<String, Integer> ids = new LinkedHashMap<>();

  private CheckFunctions(String shader) {
    this.shader = shader;
  }

  /** Finds the functions of a module. */
  static CheckFunctions of(String shader, SpirvCode module) {
    CheckFunctions found = new CheckFunctions(shader);
    for (int[] each : module.instructions()) {
      if (opcode(each) == OP_NAME && SpirvCode.textStartsWith(each, 2, PREFIX)) {
        String text = SpirvCode.text(each, 2);
        found.ids.put(text.substring(0, Math.max(0, text.indexOf('('))), each[1]);
      }
    }
    return found;
  }

  /**
   * Says of the functions that they are not to be inlined, so that they are there when calls are
   * added, and of loops that they are not to be unrolled: the checks in them would be repeated.
   */
  static byte[] keep(String shader, byte[] code) {
    SpirvCode module = SpirvCode.of(code);
    Collection<Integer> functions = of(shader, module).ids.values();
    for (int[] each : module.instructions()) {
      if (opcode(each) == OP_FUNCTION && functions.contains(each[2])) {
        each[3] |= DONT_INLINE;
      } else if (opcode(each) == OP_LOOP_MERGE && (each[3] & UNROLL) != 0) {
        each[3] = (each[3] & ~UNROLL) | DONT_UNROLL;
      }
    }
    return module.toBytes();
  }

  /**
   * Returns the id of a function.
   *
   * @param name without the prefix that all have, such as {@code Access}
   * @throws ShaderCompileException if the module has none of that name
   */
  int id(String name) {
    Integer id = ids.get(PREFIX + name);
    if (id == null) {
      throw new ShaderCompileException(
          "shader cannot be checked", shader, "no function " + PREFIX + name);
    }
    return id;
  }

  /** Returns whether a function is one of these. */
  boolean contains(int function) {
    return ids.containsValue(function);
  }
}
