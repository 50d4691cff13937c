// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/** Gives the kernels that complete columns of strings. */
public final class StringCode {
  private StringCode() {}

  /** Returns the kernel that turns sizes into offsets, as one workgroup. */
  public static ShaderSource scan() {
    return new KernelText("strings/offsets").arguments("sizes").resource("pipeline/scan.glsl").source();
  }

  /** Returns the kernel that copies characters to their offsets. */
  static ShaderSource copy() {
    return new KernelText("strings/characters")
        .include(List.of("string.glsl"))
        .arguments("offsets", "addresses", "characters")
        .resource("pipeline/characters.glsl")
        .source();
  }
}
