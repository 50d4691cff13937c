// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static dev.kronos.vulkan.spirv.SpirvTools.Passes.QUICK;
import static dev.kronos.vulkan.spirv.SpirvTools.Passes.THOROUGH;
import static org.lwjgl.system.MemoryUtil.memFree;
import static org.lwjgl.system.MemoryUtil.memUTF8;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_compilation_status_success;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_compile_into_spv;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_compile_options_add_macro_definition;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_compile_options_initialize;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_compile_options_release;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_compile_options_set_target_env;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_compile_options_set_target_spirv;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_compiler_initialize;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_compiler_release;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_compute_shader;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_env_version_vulkan_1_3;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_result_get_bytes;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_result_get_compilation_status;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_result_get_error_message;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_result_release;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_spirv_version_1_6;
import static org.lwjgl.util.shaderc.Shaderc.shaderc_target_env_vulkan;

import dev.kronos.vulkan.spirv.SpirvTools.Passes;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Compiles GLSL compute shaders to SPIR-V 1.6 for Vulkan 1.3, optimises them for speed and
 * validates the outcome, all in process. Owns one native compiler until {@link #close}. Safe for
 * many threads; closing waits for compilations under way.
 */
public final class ShaderCompiler implements AutoCloseable {

  private final IncludeResolver includes;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private long compiler;

  private ShaderCompiler(IncludeResolver includes, long compiler) {
    this.includes = includes;
    this.compiler = compiler;
  }

  /**
   * Opens a compiler whose includes come from the class path.
   *
   * @return the compiler; the caller closes it
   * @throws IllegalStateException if the native compiler cannot be started
   */
  public static ShaderCompiler create() {
    return create(IncludeResolver.ofClassPath());
  }

  /**
   * Opens a compiler.
   *
   * @param includes finds included files
   * @return the compiler; the caller closes it
   * @throws IllegalStateException if the native compiler cannot be started
   */
  public static ShaderCompiler create(IncludeResolver includes) {
    Objects.requireNonNull(includes, "includes");
    long compiler = shaderc_compiler_initialize();
    if (compiler == 0) {
      throw new IllegalStateException("shader compiler does not start: library=shaderc");
    }
    return new ShaderCompiler(includes, compiler);
  }

  /**
   * Expands the includes of a source, as {@link #compile} will see it. Together with the macros
   * this text determines the module: hash both for a cache key.
   *
   * @param source what to expand
   * @return the whole text
   * @throws ShaderCompileException if an included file does not exist
   */
  public String expand(ShaderSource source) {
    return includes.expand(source);
  }

  /**
   * Compiles a compute shader whose entry point is {@code main}.
   *
   * @param source what to compile
   * @return the optimised, validated module with its interface
   * @throws ShaderCompileException if it does not compile; the message has the log
   * @throws IllegalStateException if this compiler is closed
   */
  public SpirvModule compile(ShaderSource source) {
    return compile(source, ShaderBuild.PLAIN);
  }

  /**
   * Compiles a compute shader whose entry point is {@code main}.
   *
   * @param source what to compile
   * @param build how
   * @return the validated module with its interface
   * @throws ShaderCompileException if it does not compile; the message has the log
   * @throws IllegalStateException if this compiler is closed
   */
  public SpirvModule compile(ShaderSource source, ShaderBuild build) {
    ShaderSource built = build.sourceOf(source);
    String text = expand(built);
    byte[] raw = translate(built, text);
    byte[] code =
        switch (build) {
          case SHIPPED -> SpirvTools.optimise(source.name(), raw, THOROUGH);
          case PLAIN -> SpirvTools.optimise(source.name(), raw, passesOf(text));
          case RAW -> raw;
          case CHECKED -> checked(source.name(), raw, passesOf(text));
        };
    SpirvTools.validate(source.name(), code);
    return SpirvModule.of(source.name(), code);
  }

  /** Loops are unrolled, and their arrays become values, by the thorough passes alone. */
  private static Passes passesOf(String text) {
    return text.contains("[[unroll]]") ? THOROUGH : QUICK;
  }

  /** Checks what is left after optimising: the accesses of the plain build, and no more. */
  private static byte[] checked(String name, byte[] raw, Passes passes) {
    byte[] optimised = SpirvTools.optimise(name, CheckFunctions.keep(name, raw), passes);
    return new AccessChecks(name, optimised).insert();
  }

  private byte[] translate(ShaderSource source, String text) {
    lock.readLock().lock();
    try {
      if (compiler == 0) {
        throw new IllegalStateException("shader compiler is closed: name=" + source.name());
      }
      return translateWithOptions(source, text);
    } finally {
      lock.readLock().unlock();
    }
  }

  private byte[] translateWithOptions(ShaderSource source, String text) {
    long options = shaderc_compile_options_initialize();
    if (options == 0) {
      throw new IllegalStateException("no memory for compile options: name=" + source.name());
    }
    try {
      // Optimisation is left to SpirvTools, so that what is validated is what ships.
      shaderc_compile_options_set_target_env(
          options, shaderc_target_env_vulkan, shaderc_env_version_vulkan_1_3);
      shaderc_compile_options_set_target_spirv(options, shaderc_spirv_version_1_6);
      for (Map.Entry<String, String> macro : source.macros().entrySet()) {
        shaderc_compile_options_add_macro_definition(options, macro.getKey(), macro.getValue());
      }
      return translateText(source.name(), text, options);
    } finally {
      shaderc_compile_options_release(options);
    }
  }

  private byte[] translateText(String name, String text, long options) {
    // Not on the thread's memory stack: generated sources may be larger than it.
    ByteBuffer glsl = memUTF8(text, false);
    ByteBuffer file = memUTF8(name);
    ByteBuffer entry = memUTF8("main");
    long result = 0;
    try {
      result =
          shaderc_compile_into_spv(compiler, glsl, shaderc_compute_shader, file, entry, options);
      return codeOf(name, result);
    } finally {
      if (result != 0) {
        shaderc_result_release(result);
      }
      memFree(entry);
      memFree(file);
      memFree(glsl);
    }
  }

  private static byte[] codeOf(String name, long result) {
    if (result == 0) {
      throw new ShaderCompileException("shader does not compile", name, "no result");
    }
    if (shaderc_result_get_compilation_status(result) != shaderc_compilation_status_success) {
      String log = shaderc_result_get_error_message(result);
      throw new ShaderCompileException(
          "shader does not compile", name, log == null ? "no log" : log);
    }
    ByteBuffer bytes = shaderc_result_get_bytes(result);
    if (bytes == null) {
      throw new ShaderCompileException("shader does not compile", name, "no code");
    }
    byte[] code = new byte[bytes.remaining()];
    bytes.get(code);
    return code;
  }

  /** Frees the native compiler. Later calls do nothing. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (compiler != 0) {
        shaderc_compiler_release(compiler);
        compiler = 0;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
