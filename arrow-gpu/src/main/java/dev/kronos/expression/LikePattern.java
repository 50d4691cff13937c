// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A pattern of SQL's LIKE, compiled: {@code %} stands for any characters, {@code _} for one, what
 * follows the escape character for itself. A character is one of Java's decoding of UTF-8, which
 * makes a replacement character of each malformed sequence. Immutable; equal when it means the
 * same.
 *
 * @param program the pattern's UTF-8 with {@link #ANY} for {@code %} and {@link #ONE} for {@code _}
 *     and without escapes; neither byte occurs in UTF-8
 */
public record LikePattern(Utf8 program) {
  /** Stands for any characters. */
  static final int ANY = 0xFF;

  /** Stands for one character. */
  static final int ONE = 0xFE;

  /** What malformed input decodes to: bytes do not tell it from what was written as such. */
  private static final char REPLACEMENT = '\uFFFD';

  /**
   * Compiles a pattern.
   *
   * @param pattern the pattern
   * @param escape the escape character
   * @throws IllegalArgumentException when the escape character ends the pattern or stands before
   *     anything but itself, {@code %} and {@code _}, or when the pattern has a replacement
   *     character, which would have to match malformed input
   */
  public static LikePattern compile(String pattern, char escape) {
    ByteArrayOutputStream program = new ByteArrayOutputStream();
    boolean escaped = false;
    for (int c : pattern.codePoints().toArray()) {
      if (c == REPLACEMENT || (escaped && c != escape && c != '%' && c != '_')) {
        throw new IllegalArgumentException("pattern is not supported: pattern=" + pattern);
      }
      if (!escaped && c == escape) {
        escaped = true;
        continue;
      }
      append(program, c, escaped);
      escaped = false;
    }
    if (escaped) {
      throw new IllegalArgumentException("pattern ends in its escape: pattern=" + pattern);
    }
    return new LikePattern(Utf8.of(program.toByteArray()));
  }

  private static void append(ByteArrayOutputStream program, int character, boolean escaped) {
    if (!escaped && character == '%') {
      program.write(ANY);
    } else if (!escaped && character == '_') {
      program.write(ONE);
    } else {
      program.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Returns a regular expression that means the same of decoded strings. */
  Pattern regex() {
    StringBuilder regex = new StringBuilder();
    // One character a byte, so that the program's own marks survive; literal runs are decoded.
    String bytes = new String(program.bytes(), StandardCharsets.ISO_8859_1);
    int start = 0;
    for (int i = 0; i <= bytes.length(); i++) {
      boolean end = i == bytes.length();
      if (end || bytes.charAt(i) >= ONE) {
        byte[] run = bytes.substring(start, i).getBytes(StandardCharsets.ISO_8859_1);
        regex.append(Pattern.quote(new String(run, StandardCharsets.UTF_8)));
        regex.append(end ? "" : bytes.charAt(i) == ANY ? ".*" : ".");
        start = i + 1;
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  @Override
  public String toString() {
    return "'" + program + "'";
  }
}
