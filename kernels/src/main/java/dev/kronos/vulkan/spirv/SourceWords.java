// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.HashSet;
import java.util.Set;

/** Finds the identifiers of a source, without those in comments. */
final class SourceWords {

  private SourceWords() {}

  static Set<String> of(String text) {
    Set<String> words = new HashSet<>();
    for (int at = 0; at < text.length(); ) {
      char c = text.charAt(at);
      if (c == '/' && text.startsWith("//", at)) {
        at = after(text, "\n", at);
      } else if (c == '/' && text.startsWith("/*", at)) {
        at = after(text, "*/", at + 2);
      } else if (isPart(c)) {
        int end = endOfWord(text, at);
        words.add(text.substring(at, end));
        at = end;
      } else {
        at++;
      }
    }
    return Set.copyOf(words);
  }

  private static int after(String text, String mark, int from) {
    int found = text.indexOf(mark, from);
    return found < 0 ? text.length() : found + mark.length();
  }

  private static int endOfWord(String text, int start) {
    int end = start + 1;
    while (end < text.length() && isPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isPart(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
