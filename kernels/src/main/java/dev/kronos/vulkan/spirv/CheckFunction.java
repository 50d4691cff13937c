// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static dev.kronos.vulkan.spirv.SpirvCode.opcode;

import java.util.List;

/** Finds the function of {@code include/checked.glsl} and carries it through the optimiser. */
final class CheckFunction {

  private static final String NAME = "kronos_checked(";
  private static final int OP_NAME = 5;
  private static final int OP_FUNCTION = 54;
  private static final int OP_LOOP_MERGE = 246;
  private static final int DONT_INLINE = 2;
  private static final int UNROLL = 1;
  private static final int DONT_UNROLL = 2;

  private CheckFunction() {}

  /**
   * Says of the function that it is not to be inlined, so that it is there when calls are added,
   * and of loops that they are not to be unrolled: a driver repeats the check at each access.
   */
  static byte[] keep(String name, byte[] code) {
    SpirvCode module = SpirvCode.of(code);
    int function = id(name, module);
    for (int[] each : module.instructions()) {
      if (opcode(each) == OP_FUNCTION && each[2] == function) {
        each[3] |= DONT_INLINE;
      } else if (opcode(each) == OP_LOOP_MERGE && (each[3] & UNROLL) != 0) {
        each[3] = (each[3] & ~UNROLL) | DONT_UNROLL;
      }
    }
    return module.toBytes();
  }

  /**
   * Finds the function.
   *
   * @throws ShaderCompileException if the module has none
   */
  static int id(String name, SpirvCode module) {
    List<Integer> named =
        module.instructions().stream()
            .filter(each -> opcode(each) == OP_NAME)
            .filter(each -> SpirvCode.textStartsWith(each, 2, NAME))
            .map(each -> each[1])
            .toList();
    return module.instructions().stream()
        .filter(each -> opcode(each) == OP_FUNCTION && named.contains(each[2]))
        .map(each -> each[2])
        .findFirst()
        .orElseThrow(
            () ->
                new ShaderCompileException(
                    "shader cannot be checked", name, "no function " + NAME));
  }
}
