// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static org.lwjgl.system.MemoryUtil.memAlloc;
import static org.lwjgl.system.MemoryUtil.memByteBuffer;
import static org.lwjgl.system.MemoryUtil.memFree;
import static org.lwjgl.system.MemoryUtil.memUTF8Safe;
import static org.lwjgl.util.shaderc.SPV.SPV_ENV_VULKAN_1_3;
import static org.lwjgl.util.shaderc.SPV.SPV_SUCCESS;
import static org.lwjgl.util.shaderc.SPV.spvBinaryDestroy;
import static org.lwjgl.util.shaderc.SPV.spvContextCreate;
import static org.lwjgl.util.shaderc.SPV.spvContextDestroy;
import static org.lwjgl.util.shaderc.SPV.spvDiagnosticDestroy;
import static org.lwjgl.util.shaderc.SPV.spvOptimizerOptionsCreate;
import static org.lwjgl.util.shaderc.SPV.spvOptimizerOptionsDestroy;
import static org.lwjgl.util.shaderc.SPV.spvOptimizerOptionsSetRunValidator;
import static org.lwjgl.util.shaderc.SPV.spvValidateBinary;
import static org.lwjgl.util.shaderc.SPVOptimizer.spvOptimizerCreate;
import static org.lwjgl.util.shaderc.SPVOptimizer.spvOptimizerDestroy;
import static org.lwjgl.util.shaderc.SPVOptimizer.spvOptimizerRegisterPassFromFlag;
import static org.lwjgl.util.shaderc.SPVOptimizer.spvOptimizerRegisterPerformancePasses;
import static org.lwjgl.util.shaderc.SPVOptimizer.spvOptimizerRun;
import static org.lwjgl.util.shaderc.SPVOptimizer.spvOptimizerSetMessageConsumer;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.function.Function;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.util.shaderc.SPVBinary;
import org.lwjgl.util.shaderc.SPVDiagnostic;
import org.lwjgl.util.shaderc.SPVMessageConsumer;

/** Optimises and validates SPIR-V for Vulkan 1.3. Stateless; safe for many threads. */
final class SpirvTools {

  /** How much the optimiser does. */
  enum Passes {
    /** What makes code small. Drivers optimise again, so that little is lost by it. */
    QUICK,
    /** All that are for performance: takes two to three times as long. */
    THOROUGH
  }

  /**
   * Run first. The performance passes inline everything first and find the dead branches late. The
   * library decides by constant arguments; pruning what they exclude at once halves the time.
   */
  private static final List<String> EARLY_PASSES =
      List.of(
          "--eliminate-dead-functions",
          "--merge-return",
          "--inline-entry-points-exhaustive",
          "--eliminate-dead-functions",
          "--eliminate-local-single-block",
          "--eliminate-local-single-store",
          "--ccp",
          "--eliminate-dead-branches",
          "--eliminate-dead-code-aggressive");

  /** Run after them where quick passes are asked for: variables become values, once. */
  private static final List<String> VALUE_PASSES =
      List.of(
          "--scalar-replacement=0",
          "--ssa-rewrite",
          "--ccp",
          "--eliminate-dead-branches",
          "--simplify-instructions",
          "--redundancy-elimination",
          "--eliminate-dead-code-aggressive",
          "--cfg-cleanup");

  private SpirvTools() {}

  /**
   * Optimises a module.
   *
   * @param name what messages call the module
   * @param code the module
   * @param passes how much is done
   * @return the optimised module
   * @throws ShaderCompileException if the optimiser refuses the module
   */
  static byte[] optimise(String name, byte[] code, Passes passes) {
    StringBuilder log = new StringBuilder();
    SPVMessageConsumer consumer =
        SPVMessageConsumer.create(
            (level, source, position, message) -> log.append(memUTF8Safe(message)).append('\n'));
    long optimiser = spvOptimizerCreate(SPV_ENV_VULKAN_1_3);
    try {
      spvOptimizerSetMessageConsumer(optimiser, consumer);
      register(optimiser, EARLY_PASSES);
      switch (passes) {
        case QUICK -> register(optimiser, VALUE_PASSES);
        case THOROUGH -> spvOptimizerRegisterPerformancePasses(optimiser);
      }
      return onWords(code, words -> run(name, optimiser, words, log));
    } finally {
      spvOptimizerDestroy(optimiser);
      consumer.free();
    }
  }

  private static void register(long optimiser, List<String> passes) {
    for (String pass : passes) {
      if (!spvOptimizerRegisterPassFromFlag(optimiser, pass)) {
        throw new IllegalStateException("optimiser does not know a pass: pass=" + pass);
      }
    }
  }

  private static byte[] run(String name, long optimiser, IntBuffer words, StringBuilder log) {
    long options = spvOptimizerOptionsCreate();
    try (MemoryStack stack = MemoryStack.stackPush()) {
      // The outcome is validated, with its own diagnostics, by validate().
      spvOptimizerOptionsSetRunValidator(options, false);
      PointerBuffer out = stack.callocPointer(1);
      int status = spvOptimizerRun(optimiser, words, out, options);
      if (status != SPV_SUCCESS || out.get(0) == 0) {
        throw new ShaderCompileException(
            "SPIR-V is not optimised", name, "status=" + status + "\n" + log);
      }
      return take(SPVBinary.create(out.get(0)));
    } finally {
      spvOptimizerOptionsDestroy(options);
    }
  }

  private static byte[] take(SPVBinary binary) {
    try {
      IntBuffer words = binary.code();
      byte[] code = new byte[words.remaining() * Integer.BYTES];
      memByteBuffer(words).get(code);
      return code;
    } finally {
      spvBinaryDestroy(binary);
    }
  }

  /**
   * Validates a module against Vulkan 1.3's rules.
   *
   * @param name what messages call the module
   * @param code the module
   * @throws ShaderCompileException if it breaks a rule; the message says which
   */
  static void validate(String name, byte[] code) {
    long context = spvContextCreate(SPV_ENV_VULKAN_1_3);
    try {
      onWords(code, words -> check(name, context, words));
    } finally {
      spvContextDestroy(context);
    }
  }

  private static Void check(String name, long context, IntBuffer words) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer diagnostic = stack.callocPointer(1);
      int status = spvValidateBinary(context, words, diagnostic);
      String log = messageOf(diagnostic.get(0));
      if (status != SPV_SUCCESS) {
        throw new ShaderCompileException(
            "SPIR-V is not valid", name, "status=" + status + "\n" + log);
      }
      return null;
    }
  }

  private static String messageOf(long address) {
    if (address == 0) {
      return "";
    }
    SPVDiagnostic diagnostic = SPVDiagnostic.create(address);
    try {
      return diagnostic.errorString();
    } finally {
      spvDiagnosticDestroy(diagnostic);
    }
  }

  private static <T> T onWords(byte[] code, Function<IntBuffer, T> action) {
    ByteBuffer bytes = memAlloc(code.length);
    try {
      bytes.put(code).flip();
      return action.apply(bytes.asIntBuffer());
    } finally {
      memFree(bytes);
    }
  }
}
