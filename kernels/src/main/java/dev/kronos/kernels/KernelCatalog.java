// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import dev.kronos.vulkan.spirv.SpirvModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the static kernels: their declarations, and their SPIR-V from the class path, read and
 * checked when first asked for. Safe for many threads.
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

  private static SpirvModule read(KernelSpec spec) {
    try (InputStream in = KernelCatalog.class.getResourceAsStream(spec.resource())) {
      if (in == null) {
        throw new IllegalStateException(
            "kernel is not compiled: kernel=" + spec.name() + ", resource=" + spec.resource());
      }
      SpirvModule module = SpirvModule.of(spec.name(), in.readAllBytes());
      KernelCheck.verify(spec, module);
      return module;
    } catch (IOException e) {
      throw new UncheckedIOException("kernel is not readable: kernel=" + spec.name(), e);
    }
  }
}
