// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a piece of a source file: whole lines that are text, or one line that includes another file
 * or names the version. Files are cut once and put together for every shader. Immutable.
 *
 * @param text the lines, each with its end; null for an include
 * @param include the file that is included; null for text
 * @param line the number of the first line, from 1
 * @param isVersion whether the one line is the version directive
 */
record SourcePiece(String text, String include, int line, boolean isVersion) {

  private static final Pattern INCLUDE =
      Pattern.compile("^\\s*#\\s*include\\s*[\"<]([^\">]+)[\">]\\s*(//.*)?$");
  private static final Pattern VERSION = Pattern.compile("^\\s*#\\s*version\\b.*$");

  /** Cuts a file; ends of lines become those of Unix. */
  static List<SourcePiece> cut(String content) {
    List<SourcePiece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder(content.length());
    int first = 1;
    int number = 0;
    for (String line : (Iterable<String>) content.lines()::iterator) {
      number++;
      SourcePiece directive = directive(line, number);
      if (directive == null) {
        text.append(line).append('\n');
      } else {
        flush(pieces, text, first);
        pieces.add(directive);
        first = number + 1;
      }
    }
    flush(pieces, text, first);
    return List.copyOf(pieces);
  }

  private static void flush(List<SourcePiece> pieces, StringBuilder text, int first) {
    if (text.length() != 0) {
      pieces.add(new SourcePiece(text.toString(), null, first, false));
      text.setLength(0);
    }
  }

  /** Returns the piece of a line that is cut out, or null; most lines have no directive at all. */
  private static SourcePiece directive(String line, int number) {
    if (line.indexOf('#') < 0) {
      return null;
    }
    Matcher include = INCLUDE.matcher(line);
    if (include.matches()) {
      return new SourcePiece(null, include.group(1), number, false);
    }
    return VERSION.matcher(line).matches()
        ? new SourcePiece(line + "\n", null, number, true)
        : null;
  }
}
