// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

/**
 * Reports a shader that could not be compiled, optimised, validated or read. The message carries
 * the tool's log, with file names and line numbers.
 */
public final class ShaderCompileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param phrase what failed, e.g. "shader does not compile"
   * @param name the shader
   * @param log what the tool said; may have several lines
   */
  public ShaderCompileException(String phrase, String name, String log) {
    super(phrase + ": name=" + name + "\n" + log.strip());
  }
}
