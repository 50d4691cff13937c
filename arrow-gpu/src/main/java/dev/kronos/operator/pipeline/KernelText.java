// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.expression.MadeText;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Assembles the source of one kernel: includes, the argument table, then code in the order in which
 * it is added. Equal parts give equal text, which is the key under which kernels are cached.
 */
public final class KernelText {
  private static final String RESOURCES = "/dev/kronos/operator/";
  private static final Map<String, String> READ = new ConcurrentHashMap<>();

  private final String name;
  private final Set<String> includes = new TreeSet<>();
  private final List<String> fields = new ArrayList<>();
  private final StringBuilder code = new StringBuilder();
  private int columns;

  /** Starts a kernel with a name for messages. */
  public KernelText(String name) {
    this.name = name;
    include(List.of("types.glsl", "status.glsl", "int128.glsl"));
  }

  /** Includes files of the kernels' include folder. */
  public KernelText include(Collection<String> files) {
    includes.addAll(files);
    return this;
  }

  /** Adds 64-bit fields to the argument table; code reads them as {@code k_args.name}. */
  public KernelText arguments(String... names) {
    fields.addAll(List.of(names));
    return this;
  }

  /** Adds column descriptors after the other fields, and the macros that expressions read by. */
  public KernelText columns(int count) {
    columns = count;
    return this;
  }

  /** Adds code. */
  public KernelText append(String text) {
    code.append(text).append('\n');
    return this;
  }

  /** Defines a macro for the code that follows. */
  public KernelText define(String macro, Object value) {
    return append("#define " + macro + " " + value);
  }

  /** Adds the code of a resource, named from this package's parent. Each is read once. */
  public KernelText resource(String path) {
    return append(READ.computeIfAbsent(path, KernelText::read));
  }

  private static String read(String path) {
    try (InputStream stream = KernelText.class.getResourceAsStream(RESOURCES + path)) {
      if (stream == null) {
        throw new IllegalStateException("kernel resource is missing: path=" + RESOURCES + path);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the whole source. */
  public ShaderSource source() {
    if (includes.contains(MadeText.INCLUDE) && !fields.contains("textRoom")) {
      throw new IllegalStateException("kernel makes strings but has no room: name=" + name);
    }
    String text =
        "#version 460\n#include \"abi.glsl\"\n"
            + includes.stream()
                .map(file -> "#include \"" + file + "\"\n")
                .collect(Collectors.joining())
            + argumentTable()
            + code;
    return new ShaderSource(name, text, Map.of());
  }

  /**
   * Tells whether a row may fail in a kernel. Only code that is generated reports failures, so that
   * what is included need not be looked at.
   */
  public static boolean mayFail(ShaderSource source) {
    return source.glsl().contains("row_error");
  }

  private String argumentTable() {
    StringBuilder table = new StringBuilder();
    table.append("layout(buffer_reference, std430, buffer_reference_align = 8)");
    table.append(" readonly buffer KernelArguments {\n");
    fields.forEach(field -> table.append("  uint64_t ").append(field).append(";\n"));
    // A block may not be empty, so there is always one descriptor.
    table.append("  Column columns[").append(Math.max(columns, 1)).append("];\n};\n");
    table.append("#define k_args KernelArguments(root.args)\n");
    table.append("#define KRONOS_COLUMN(i) (k_args.columns[i])\n");
    table.append("#define KRONOS_LITERAL(i) (k_args.literals + 16ul * uint64_t(i))\n");
    return table.toString();
  }
}
