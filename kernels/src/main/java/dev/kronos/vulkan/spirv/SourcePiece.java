// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a piece of a source file: whole lines that are text, or one function, or one line that
 * includes another file or names the version. Files are cut once and put together for every shader.
 * Immutable.
 *
 * @param kind what the lines are
 * @param name of a function, its name; of an include, the file; else null
 * @param text the lines, each with its end; null for an include
 * @param line the number of the first line, from 1
 * @param words the identifiers in the lines, comments left out
 */
record SourcePiece(Kind kind, String name, String text, int line, Set<String> words) {

  /** Lists what a piece may be. */
  enum Kind {
    /** Lines that always stay. */
    TEXT,
    /** A whole function, which may be left out of shaders that do not call it. */
    FUNCTION,
    /** A directive to include a file. */
    INCLUDE,
    /** The version directive. */
    VERSION
  }

  private static final Pattern INCLUDE =
      Pattern.compile("^\\s*#\\s*include\\s*[\"<]([^\">]+)[\">]\\s*(//.*)?$");
  private static final Pattern VERSION = Pattern.compile("^\\s*#\\s*version\\b.*$");

  /** Cuts a file; ends of lines become those of Unix. */
  static List<SourcePiece> cut(String content) {
    List<String> lines = content.lines().toList();
    List<SourcePiece> pieces = new ArrayList<>();
    int first = 0;
    for (int at = 0; at < lines.size(); ) {
      int end = FunctionLines.end(lines, at);
      SourcePiece piece =
          end > at ? function(lines.subList(at, end), at + 1) : directive(lines.get(at), at + 1);
      int next = Math.max(end, at + 1);
      if (piece != null) {
        addText(pieces, lines.subList(first, at), first + 1);
        pieces.add(piece);
        first = next;
      }
      at = next;
    }
    addText(pieces, lines.subList(first, lines.size()), first + 1);
    return List.copyOf(pieces);
  }

  private static void addText(List<SourcePiece> pieces, List<String> lines, int line) {
    if (!lines.isEmpty()) {
      pieces.add(of(Kind.TEXT, null, lines, line));
    }
  }

  private static SourcePiece function(List<String> lines, int line) {
    return of(Kind.FUNCTION, FunctionLines.name(lines.get(0)), lines, line);
  }

  private static SourcePiece of(Kind kind, String name, List<String> lines, int line) {
    String text = String.join("\n", lines) + "\n";
    return new SourcePiece(kind, name, text, line, SourceWords.of(text));
  }

  /** Returns the piece of a line that is cut out, or null; most lines have no directive at all. */
  private static SourcePiece directive(String line, int number) {
    if (line.indexOf('#') < 0) {
      return null;
    }
    Matcher include = INCLUDE.matcher(line);
    if (include.matches()) {
      return new SourcePiece(Kind.INCLUDE, include.group(1), null, number, Set.of());
    }
    return VERSION.matcher(line).matches()
        ? new SourcePiece(Kind.VERSION, null, line + "\n", number, Set.of())
        : null;
  }
}
