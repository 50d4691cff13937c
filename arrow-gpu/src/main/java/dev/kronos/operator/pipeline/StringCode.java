// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/** Gives the kernel that completes columns of strings. */
final class StringCode {
  /** Bytes that one invocation copies of long strings. */
  static final int PIECE_BYTES = 64;

  private StringCode() {}

  /** Returns the kernel that copies characters to their offsets. */
  static ShaderSource characters() {
    return new KernelText("strings/characters")
        .include(List.of("string.glsl"))
        .arguments("offsets", "addresses", "characters")
        .resource("pipeline/characters.glsl")
        .source();
  }

  /** Returns the kernel that does the same of strings that are long, on average. */
  static ShaderSource longCharacters() {
    return new KernelText("strings/long_characters")
        .define("K_PIECE", PIECE_BYTES + "u")
        .arguments("offsets", "addresses", "characters", "rows")
        .resource("pipeline/long_characters.glsl")
        .source();
  }
}
