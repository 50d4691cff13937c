// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.expression.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Says in plain Java what functions of strings give. Strings are taken as bytes, one character of
 * Java each, so that malformed ones are like others; their characters begin where a first byte is.
 */
final class OracleText {
  private OracleText() {}

  /** Returns the bytes, a character each. */
  static String bytes(Object text) {
    return new String(((Utf8) text).bytes(), StandardCharsets.ISO_8859_1);
  }

  /** Returns the bytes of characters. */
  static String encoded(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  static Utf8 text(String bytes) {
    return Utf8.of(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Returns the characters, each as its bytes. */
  static List<String> characters(String bytes) {
    List<String> characters = new ArrayList<>();
    for (int i = 0; i < bytes.length(); ) {
      char first = bytes.charAt(i);
      boolean begins = first >= 0xC2 && first <= 0xF4;
      int size = !begins ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
      int end = Math.min(bytes.length(), i + size);
      characters.add(bytes.substring(i, end));
      i = end;
    }
    return characters;
  }

  static Utf8 slice(Object text, int start, int length) {
    List<String> characters = characters(bytes(text));
    int from = Math.min(start, characters.size());
    int to = (int) Math.min((long) from + length, characters.size());
    return text(String.join("", characters.subList(from, to)));
  }

  /** Matches a pattern of %, _ and characters without escapes. */
  static boolean like(List<String> text, String pattern) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    String rest = pattern.substring(1);
    if (pattern.charAt(0) == '%') {
      return like(text, rest) || (!text.isEmpty() && like(text.subList(1, text.size()), pattern));
    }
    return !text.isEmpty()
        && (pattern.charAt(0) == '_' || text.get(0).equals(pattern.substring(0, 1)))
        && like(text.subList(1, text.size()), rest);
  }

  static Utf8 replaced(Object text, String part, String by) {
    String bytes = bytes(text);
    return part.isEmpty() ? text(bytes) : text(bytes.replace(encoded(part), encoded(by)));
  }
}
