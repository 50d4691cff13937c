// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/** Gives the kernel that completes columns of strings. */
final class StringCode {
  private StringCode() {}

  /** Returns the kernel that copies characters to their offsets. */
  static ShaderSource characters() {
    return new KernelText("strings/characters")
        .include(List.of("string.glsl"))
        .arguments("offsets", "addresses", "characters")
        .resource("pipeline/characters.glsl")
        .source();
  }
}
