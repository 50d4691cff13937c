// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.build;

import dev.kronos.kernels.KernelCatalog;
import dev.kronos.kernels.KernelCheck;
import dev.kronos.kernels.KernelSpec;
import dev.kronos.vulkan.spirv.IncludeResolver;
import dev.kronos.vulkan.spirv.ShaderBuild;
import dev.kronos.vulkan.spirv.ShaderCompileException;
import dev.kronos.vulkan.spirv.ShaderCompiler;
import dev.kronos.vulkan.spirv.ShaderSource;
import dev.kronos.vulkan.spirv.SpirvModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compiles every kernel of the catalogue at build time, checks it against its declaration, and
 * copies all sources beside the classes. Run by the build after the classes are compiled.
 */
public final class KernelCompiler {

  private static final Path PACKAGE = Path.of("dev", "kronos", "kernels");

  private final Path sources;
  private final Path output;

  private KernelCompiler(Path sources, Path output) {
    this.sources = sources;
    this.output = output.resolve(PACKAGE);
  }

  /**
   * Runs the compiler. Prints every failure to standard error and exits with 1 if there is one.
   *
   * @param args the folder of GLSL sources, the folder of classes
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: KernelCompiler <glsl folder> <classes folder>");
      System.exit(2);
    }
    int failures = compileAll(Path.of(args[0]), Path.of(args[1]));
    if (failures > 0) {
      System.err.println("kernels not compiled: failures=" + failures);
      System.exit(1);
    }
  }

  /**
   * Compiles all kernels.
   *
   * @param sources the folder of GLSL sources
   * @param output the folder of classes
   * @return how many kernels failed; each failure is on standard error
   * @throws IOException if a file cannot be read or written
   */
  public static int compileAll(Path sources, Path output) throws IOException {
    return new KernelCompiler(sources, output).run();
  }

  private int run() throws IOException {
    copySources();
    int failures = 0;
    IncludeResolver includes = IncludeResolver.ofFolder(sources.resolve("include"));
    try (ShaderCompiler compiler = ShaderCompiler.create(includes)) {
      for (KernelSpec spec : KernelCatalog.load().specs()) {
        failures += compile(compiler, spec) ? 0 : 1;
      }
    }
    return failures;
  }

  private boolean compile(ShaderCompiler compiler, KernelSpec spec) throws IOException {
    try {
      String glsl = Files.readString(sources.resolve(spec.template()));
      SpirvModule module =
          compiler.compile(
              new ShaderSource(spec.template(), glsl, spec.macros()), ShaderBuild.SHIPPED);
      KernelCheck.verify(spec, module);
      write(output.resolve(spec.resource()), module.code());
      return true;
    } catch (ShaderCompileException | IllegalStateException e) {
      System.err.println("kernel=" + spec.name() + ": " + e.getMessage());
      return false;
    }
  }

  /** Leaves an unchanged file alone, so that later build steps see it as unchanged. */
  private static void write(Path file, byte[] code) throws IOException {
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), code)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Files.write(file, code);
  }

  private void copySources() throws IOException {
    for (Path file : sourceFiles()) {
      Path target = output.resolve("glsl").resolve(sources.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private List<Path> sourceFiles() throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
