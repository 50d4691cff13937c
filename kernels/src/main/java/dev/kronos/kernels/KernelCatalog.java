// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import dev.kronos.vulkan.spirv.ShaderSource;
import dev.kronos.vulkan.spirv.SpirvModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the static kernels: their declarations, their sources, and their SPIR-V from the class
 * path, read and checked when first asked for. Safe for many threads.
 */
public final class KernelCatalog {

  private final Map<String, KernelSpec> specs;
  private final Map<String, SpirvModule> modules = new ConcurrentHashMap<>();

  private KernelCatalog(Map<String, KernelSpec> specs) {
    this.specs = specs;
  }

  /**
   * Opens the catalogue.
   *
   * @return the catalogue
   */
  public static KernelCatalog load() {
    Map<String, KernelSpec> specs = new LinkedHashMap<>();
    for (KernelSpec spec : KernelTable.ROWS) {
      if (specs.put(spec.name(), spec) != null) {
        throw new IllegalStateException("kernel declared twice: kernel=" + spec.name());
      }
    }
    return new KernelCatalog(Collections.unmodifiableMap(specs));
  }

  /**
   * Lists the declarations.
   *
   * @return all of them, ordered by name
   */
  public Collection<KernelSpec> specs() {
    return specs.values();
  }

  /**
   * Finds a declaration.
   *
   * @param name the kernel
   * @return its declaration
   * @throws IllegalArgumentException if there is no such kernel
   */
  public KernelSpec spec(String name) {
    KernelSpec spec = specs.get(name);
    if (spec == null) {
      throw new IllegalArgumentException(
          "no such kernel: name=" + name + ", known=" + specs.keySet());
    }
    return spec;
  }

  /**
   * Finds a compiled kernel.
   *
   * @param name the kernel
   * @return its module
   * @throws IllegalArgumentException if there is no such kernel
   * @throws IllegalStateException if it was not compiled, or differs from its declaration
   */
  public SpirvModule module(String name) {
    return modules.computeIfAbsent(name, key -> read(spec(key)));
  }

  /**
   * Finds the source of a kernel, with its macros, to compile at run time in another way: with
   * other tile sizes, or bound (see {@code arguments.glsl}). Its includes are found by {@link
   * dev.kronos.vulkan.spirv.ShaderCompiler#create()}.
   *
   * @param name the kernel
   * @return its source, called as the kernel
   * @throws IllegalArgumentException if there is no such kernel
   * @throws IllegalStateException if its source is not on the class path
   */
  public ShaderSource source(String name) {
    KernelSpec spec = spec(name);
    String glsl = new String(resource(spec, spec.sourceResource()), StandardCharsets.UTF_8);
    return new ShaderSource(name, glsl, spec.macros());
  }

  private static SpirvModule read(KernelSpec spec) {
    SpirvModule module = SpirvModule.of(spec.name(), resource(spec, spec.resource()));
    KernelCheck.verify(spec, module);
    return module;
  }

  private static byte[] resource(KernelSpec spec, String name) {
    try (InputStream in = KernelCatalog.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "kernel was not built: kernel=" + spec.name() + ", resource=" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("kernel is not readable: kernel=" + spec.name(), e);
    }
  }
}
