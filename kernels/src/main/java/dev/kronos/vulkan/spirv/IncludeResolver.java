// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Replaces {@code #include} lines by the text they name, each file once, and marks the seams with
 * {@code #line} so that messages name the file and line the author wrote. Immutable; safe for many
 * threads.
 *
 * <p>Expanding here, and not through the compiler's call-backs, keeps native code from calling into
 * Java, and gives callers the whole text that a cache key has to cover.
 */
public final class IncludeResolver {

  /** Where the library of includes lies on the class path. */
  public static final String RESOURCE_FOLDER = "/dev/kronos/kernels/glsl/include/";

  private static final String LINE_EXTENSION =
      "#extension GL_GOOGLE_cpp_style_line_directive : require\n";
  private static final int MAX_DEPTH = 32;

  private final Function<String, Optional<String>> files;
  private final Map<String, Optional<List<SourcePiece>>> cache = new ConcurrentHashMap<>();

  private IncludeResolver(Function<String, Optional<String>> files) {
    this.files = files;
  }

  /**
   * Makes a resolver over the library on the class path.
   *
   * @return the resolver
   */
  public static IncludeResolver ofClassPath() {
    return new IncludeResolver(IncludeResolver::readResource);
  }

  /**
   * Makes a resolver over a folder. Files are read once.
   *
   * @param folder where the included files lie
   * @return the resolver
   */
  public static IncludeResolver ofFolder(Path folder) {
    return new IncludeResolver(name -> readFile(folder, name));
  }

  /**
   * Expands a source.
   *
   * @param source what to expand
   * @return the whole text
   * @throws ShaderCompileException if an included file does not exist
   */
  public String expand(ShaderSource source) {
    List<SourcePiece> pieces = SourcePiece.cut(source.glsl());
    StringBuilder text = new StringBuilder(source.glsl().length() * 4);
    if (pieces.stream().noneMatch(SourcePiece::isVersion)) {
      text.append("#version 460\n").append(LINE_EXTENSION);
      mark(text, 1, source.name());
    }
    append(text, source.name(), pieces, new HashSet<>(), 0);
    return text.toString();
  }

  private void append(
      StringBuilder text, String file, List<SourcePiece> pieces, Set<String> done, int depth) {
    if (depth > MAX_DEPTH) {
      throw new ShaderCompileException("includes nest too deep", file, "depth=" + depth);
    }
    for (SourcePiece piece : pieces) {
      if (piece.include() != null) {
        appendInclude(text, piece.include(), file + ":" + piece.line(), done, depth);
        mark(text, piece.line() + 1, file);
      } else {
        text.append(piece.text());
        if (depth == 0 && piece.isVersion()) {
          text.append(LINE_EXTENSION);
          mark(text, piece.line() + 1, file);
        }
      }
    }
  }

  private void appendInclude(
      StringBuilder text, String name, String from, Set<String> done, int depth) {
    if (!done.add(name)) {
      return;
    }
    Optional<List<SourcePiece>> pieces =
        cache.computeIfAbsent(name, file -> files.apply(file).map(SourcePiece::cut));
    if (pieces.isEmpty()) {
      throw new ShaderCompileException("included file not found", name, from);
    }
    mark(text, 1, name);
    append(text, name, pieces.get(), done, depth + 1);
  }

  private static void mark(StringBuilder text, int line, String file) {
    text.append("#line ").append(line).append(" \"").append(file).append("\"\n");
  }

  private static Optional<String> readResource(String name) {
    try (InputStream in = IncludeResolver.class.getResourceAsStream(RESOURCE_FOLDER + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("include not readable: name=" + name, e);
    }
  }

  private static Optional<String> readFile(Path folder, String name) {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("include not readable: file=" + file, e);
    }
  }
}
