// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.expression.RowError;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Says in plain Java what functions of strings give. Strings are taken as bytes, one character of
 * Java each, so that malformed ones are like others; their characters begin where a first byte is.
 */
final class OracleText {
  /** Rules for values that are not null. */
  static final Map<String, OracleRule> RULES = new HashMap<>();

  private static final String UNICODE_SPACES =
      "\t\n\u000B\f\r\u001C\u001D\u001E\u001F \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
          + "\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

  static {
    trims("ascii_", "trim_whitespace", " \t\n\u000B\f\r");
    trims("utf8_", "trim_whitespace", UNICODE_SPACES);
    RULES.put("utf8_capitalize", (t, v) -> capitalized(v.get(0)));
    RULES.put("utf8_capitalize_words", (t, v) -> capitalizedWords(v.get(0).toString()));
    RULES.put("levenshtein", (t, v) -> distance(v.get(0), v.get(1)));
    RULES.put("soundex", (t, v) -> soundex(v.get(0)));
    RULES.put("first_codepoint", (t, v) -> v.get(0).toString().codePoints().findFirst().orElse(0));
    RULES.put(
        "hex",
        (t, v) -> Utf8.of(HexFormat.of().withUpperCase().formatHex(((Utf8) v.get(0)).bytes())));
    RULES.put("unhex", (t, v) -> unhex(bytes(v.get(0))));
    RULES.put("base64", (t, v) -> Utf8.of(Base64.getEncoder().encode(((Utf8) v.get(0)).bytes())));
    RULES.put("unbase64", (t, v) -> unbase64(((Utf8) v.get(0)).bytes()));
  }

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

  private static void trims(String prefix, String name, String characters) {
    RULES.put(prefix + name, (t, v) -> trimmed(v.get(0), characters, true, true));
    RULES.put(prefix + "l" + name, (t, v) -> trimmed(v.get(0), characters, true, false));
    RULES.put(prefix + "r" + name, (t, v) -> trimmed(v.get(0), characters, false, true));
  }

  static Utf8 trimmed(Object text, String set, boolean start, boolean end) {
    List<String> characters = characters(bytes(text));
    String bytes = encoded(set);
    int from = 0;
    int to = characters.size();
    while (start && from < to && bytes.contains(characters.get(from))) {
      from++;
    }
    while (end && from < to && bytes.contains(characters.get(to - 1))) {
      to--;
    }
    return text(String.join("", characters.subList(from, to)));
  }

  private static Utf8 capitalized(Object text) {
    String head = slice(text, 0, 1).toString().toUpperCase(Locale.ROOT);
    String rest = slice(text, 1, Integer.MAX_VALUE).toString().toLowerCase(Locale.ROOT);
    return Utf8.of(head + rest);
  }

  private static Utf8 capitalizedWords(String text) {
    StringBuilder words = new StringBuilder();
    int before = ' ';
    String lower = text.toLowerCase(Locale.ROOT);
    for (int c : text.codePoints().toArray()) {
      String low = Character.toString(c).toLowerCase(Locale.ROOT);
      words.append(before == ' ' ? Character.toString(Character.toTitleCase(c)) : low);
      before = c;
    }
    // Lower case looks at neighbours for the sigma alone, of which the rows have none.
    assertThat(lower).doesNotContain("\u03C2");
    return Utf8.of(words.toString());
  }

  private static int distance(Object left, Object right) {
    List<String> a = characters(bytes(left));
    List<String> b = characters(bytes(right));
    int[][] d = new int[a.size() + 1][b.size() + 1];
    for (int i = 0; i <= a.size(); i++) {
      for (int k = 0; k <= b.size(); k++) {
        if (i == 0 || k == 0) {
          d[i][k] = i + k;
          continue;
        }
        int same = d[i - 1][k - 1] + (a.get(i - 1).equals(b.get(k - 1)) ? 0 : 1);
        d[i][k] = Math.min(same, 1 + Math.min(d[i - 1][k], d[i][k - 1]));
      }
    }
    return d[a.size()][b.size()];
  }

  private static Object soundex(Object text) {
    String sounds = "01230127022455012623017202";
    String bytes = bytes(text);
    if (bytes.isEmpty() || !isLetter(bytes.charAt(0))) {
      return text;
    }
    StringBuilder code = new StringBuilder(bytes.substring(0, 1).toUpperCase(Locale.ROOT));
    char last = sounds.charAt(code.charAt(0) - 'A');
    for (char c : bytes.substring(1).toCharArray()) {
      char sound = isLetter(c) ? sounds.charAt((c | 0x20) - 'a') : '0';
      if (sound != '0' && sound != '7' && sound != last) {
        code.append(sound);
      }
      last = sound == '7' ? last : sound;
    }
    return Utf8.of(code.append("000").substring(0, 4));
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static Utf8 unhex(String digits) {
    try {
      return Utf8.of(HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits));
    } catch (IllegalArgumentException e) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
  }

  private static Utf8 unbase64(byte[] digits) {
    try {
      return Utf8.of(Base64.getMimeDecoder().decode(digits));
    } catch (IllegalArgumentException e) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
  }

  /** Fills up to a width: so many characters on the left of each pair as is said. */
  static Utf8 filled(Object text, int left, int right, String padding) {
    String character = encoded(padding);
    return text(
        character.repeat(Math.max(0, left)) + bytes(text) + character.repeat(Math.max(0, right)));
  }

  /** Returns how many characters are missing from a width. */
  static int missing(Object text, int width) {
    return (int) Math.max(0, (long) width - characters(bytes(text)).size());
  }

  static int counted(Object text, String part) {
    String bytes = bytes(text);
    int count = 0;
    for (int at = bytes.indexOf(encoded(part)); at >= 0; count++) {
      at = bytes.indexOf(encoded(part), at + encoded(part).length());
    }
    return count;
  }

  /** Returns the index of the first character at which a part begins, or -1. */
  static int foundCharacter(Object text, String part) {
    List<String> characters = characters(bytes(text));
    if (part.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < characters.size(); i++) {
      if (String.join("", characters.subList(i, characters.size())).startsWith(encoded(part))) {
        return i;
      }
    }
    return -1;
  }

  static Utf8 translated(Object text, String from, String to) {
    StringBuilder out = new StringBuilder();
    for (int c : text.toString().codePoints().toArray()) {
      int at = from.codePoints().boxed().toList().indexOf(c);
      if (at < 0) {
        out.appendCodePoint(c);
      } else if (at < to.codePointCount(0, to.length())) {
        out.appendCodePoint(to.codePoints().toArray()[at]);
      }
    }
    return Utf8.of(out.toString());
  }

  static Utf8 part(Object text, String delimiter, int part) {
    String bytes = bytes(text);
    List<String> parts =
        delimiter.isEmpty()
            ? List.of(bytes)
            : List.of(bytes.split(Pattern.quote(encoded(delimiter)), -1));
    int at = part > 0 ? part - 1 : parts.size() + part;
    return text(at >= 0 && at < parts.size() ? parts.get(at) : "");
  }
}
