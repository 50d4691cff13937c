// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Holds one compute shader to compile. Immutable.
 *
 * @param name what messages call it; no quotes, backslashes or control characters
 * @param glsl source text; {@code #include "file"} lines are resolved by the compiler
 * @param macros names and values defined before the first line; no nulls
 */
public record ShaderSource(String name, String glsl, Map<String, String> macros) {

  /** Checks and copies its parts. */
  public ShaderSource {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(glsl, "glsl");
    if (name.isEmpty() || name.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
      throw new IllegalArgumentException("bad shader name: name=" + name);
    }
    // Sorted, so that equal sources are compiled and fingerprinted alike.
    macros = Collections.unmodifiableMap(new TreeMap<>(macros));
  }

  /**
   * Makes a source without macros.
   *
   * @param name see {@link #name}
   * @param glsl see {@link #glsl}
   * @return the source
   */
  public static ShaderSource of(String name, String glsl) {
    return new ShaderSource(name, glsl, Map.of());
  }

  /**
   * Makes a source with one macro more, or another value of one that it has.
   *
   * @param macro the macro's name
   * @param value its value; may be empty
   * @return the source
   */
  public ShaderSource with(String macro, String value) {
    Map<String, String> more = new TreeMap<>(macros);
    more.put(macro, value);
    return new ShaderSource(name, glsl, more);
  }
}
