// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import dev.kronos.vulkan.spirv.SourcePiece.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Replaces {@code #include} lines by the text they name, each file once, and marks the seams with
 * {@code #line} so that messages name the file and line the author wrote. Of an included file those
 * functions are left out that a source does not call: the compiler drops them too, but spends most
 * of its time on reading them. Immutable; safe for many threads.
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
   * Expands a source, without those functions of included files that it does not call.
   *
   * @param source what to expand
   * @return the whole text
   * @throws ShaderCompileException if an included file does not exist
   */
  public String expand(ShaderSource source) {
    List<SourcePiece> own = SourcePiece.cut(source.glsl());
    List<Placed> placed = new ArrayList<>();
    place(placed, source.name(), own, new HashSet<>(), 0);
    CalledFunctions called = new CalledFunctions(included(placed), words(own, source));
    StringBuilder text = new StringBuilder(source.glsl().length() * 4);
    if (own.stream().noneMatch(piece -> piece.kind() == Kind.VERSION)) {
      text.append("#version 460\n").append(LINE_EXTENSION);
    }
    placed.forEach(each -> append(text, each, called));
    return text.toString();
  }

  /** Says where a piece stands; pieces that follow each other in one file need one mark. */
  private record Placed(SourcePiece piece, String file, boolean isMarked, int depth) {}

  private static List<SourcePiece> included(List<Placed> placed) {
    return placed.stream().filter(each -> each.depth > 0).map(Placed::piece).toList();
  }

  private static Set<String> words(List<SourcePiece> own, ShaderSource source) {
    Set<String> words = new HashSet<>();
    own.forEach(piece -> words.addAll(piece.words()));
    source.macros().values().forEach(value -> words.addAll(SourceWords.of(value)));
    return words;
  }

  private void place(
      List<Placed> placed, String file, List<SourcePiece> pieces, Set<String> done, int depth) {
    if (depth > MAX_DEPTH) {
      throw new ShaderCompileException("includes nest too deep", file, "depth=" + depth);
    }
    boolean isMarked = false;
    for (SourcePiece piece : pieces) {
      if (piece.kind() == Kind.INCLUDE) {
        placeInclude(placed, piece.name(), file + ":" + piece.line(), done, depth);
        isMarked = false;
      } else {
        placed.add(new Placed(piece, file, isMarked, depth));
        isMarked = piece.kind() != Kind.VERSION;
      }
    }
  }

  private void placeInclude(
      List<Placed> placed, String name, String from, Set<String> done, int depth) {
    if (!done.add(name)) {
      return;
    }
    Optional<List<SourcePiece>> pieces =
        cache.computeIfAbsent(name, file -> files.apply(file).map(SourcePiece::cut));
    if (pieces.isEmpty()) {
      throw new ShaderCompileException("included file not found", name, from);
    }
    place(placed, name, pieces.get(), done, depth + 1);
  }

  private static void append(StringBuilder text, Placed placed, CalledFunctions called) {
    SourcePiece piece = placed.piece;
    if (piece.kind() == Kind.VERSION) {
      text.append(piece.text());
      if (placed.depth == 0) {
        text.append(LINE_EXTENSION);
      }
      return;
    }
    if (!placed.isMarked) {
      text.append("#line ").append(piece.line()).append(" \"").append(placed.file).append("\"\n");
    }
    if (placed.depth == 0 || called.needs(piece)) {
      text.append(piece.text());
    } else {
      // As many lines, so that those behind keep their numbers.
      piece.text().chars().filter(c -> c == '\n').forEach(c -> text.append('\n'));
    }
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
