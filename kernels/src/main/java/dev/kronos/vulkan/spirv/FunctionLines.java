// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises the functions of a source by how its lines are laid out: type, name and bracket begin
 * in the first column, and the last line is a brace there, or ends the function where it began.
 * What looks otherwise, or has directives in it, is no function here and stays as text.
 */
final class FunctionLines {

  private static final Pattern START =
      Pattern.compile("^(?!return\\b|else\\b)[A-Za-z_]\\w*\\s+([A-Za-z_]\\w*)\\(.*");

  private FunctionLines() {}

  /** Returns the index after the last line of the function that starts at a line, or -1. */
  static int end(List<String> lines, int start) {
    if (name(lines.get(start)) == null || continues(lines, start)) {
      return -1;
    }
    int at = start;
    while (at < lines.size() && !lines.get(at).contains("{")) {
      if (odd(lines.get(at)) || lines.get(at).contains(";")) {
        return -1;
      }
      at++;
    }
    return at == lines.size() ? -1 : endOfBody(lines, start, at);
  }

  private static int endOfBody(List<String> lines, int start, int open) {
    String line = lines.get(open);
    if (odd(line)) {
      return -1;
    }
    if (line.endsWith("}")) {
      return open == start ? open + 1 : -1;
    }
    for (int at = open + 1; line.endsWith("{") && at < lines.size(); at++) {
      if (odd(lines.get(at))) {
        return -1;
      }
      if (lines.get(at).equals("}")) {
        return at + 1;
      }
    }
    return -1;
  }

  /** Returns the name of the function that a line may start, or null. */
  static String name(String line) {
    if (line.isEmpty() || !Character.isJavaIdentifierStart(line.charAt(0))) {
      return null;
    }
    Matcher start = START.matcher(line);
    return start.matches() ? start.group(1) : null;
  }

  /** Tells whether a line goes on with what the line before began, such as a macro. */
  private static boolean continues(List<String> lines, int line) {
    return line > 0 && lines.get(line - 1).endsWith("\\");
  }

  /** Tells whether a line is for the preprocessor, or has a comment that may hold a brace. */
  private static boolean odd(String line) {
    return line.indexOf('#') >= 0 || line.endsWith("\\") || line.contains("/*");
  }
}
