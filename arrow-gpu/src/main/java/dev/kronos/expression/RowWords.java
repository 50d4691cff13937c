// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Functions of words on non-null values, in Java; {@link WordFunction} says what they do. */
final class RowWords {
  private static final HexFormat DIGITS = HexFormat.of().withUpperCase();

  /** For each letter its digit; 0 for what has no sound, 7 for what does not part equal ones. */
  private static final byte[] SOUNDS =
      "01230127022455012623017202".getBytes(StandardCharsets.US_ASCII);

  private static final int SOUND_SIZE = 4;

  private RowWords() {}

  private static byte[] bytesAt(List<Object> v, int index) {
    return ((Utf8) v.get(index)).bytes();
  }

  /** An empty separator is nowhere. */
  private static List<Utf8> split(byte[] text, byte[] separator) {
    List<Utf8> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; separator.length > 0 && i + separator.length <= text.length; ) {
      if (RowStrings.liesAt(text, i, separator)) {
        parts.add(Utf8.of(Arrays.copyOfRange(text, start, i)));
        i += separator.length;
        start = i;
      } else {
        i++;
      }
    }
    parts.add(Utf8.of(Arrays.copyOfRange(text, start, text.length)));
    return parts;
  }

  static Object splitPart(List<Object> v) {
    int wanted = (Integer) v.get(2);
    if (wanted == 0) {
      throw new RowErrorException(RowError.INDEX);
    }
    List<Utf8> parts = split(bytesAt(v, 0), bytesAt(v, 1));
    long at = wanted > 0 ? wanted - 1L : parts.size() + (long) wanted;
    return at >= 0 && at < parts.size() ? parts.get((int) at) : Utf8.of("");
  }

  static Object splitItem(List<Object> v) {
    int wanted = (Integer) v.get(2);
    List<Utf8> parts = split(bytesAt(v, 0), bytesAt(v, 1));
    if (wanted < 0 || wanted >= parts.size()) {
      throw new RowErrorException(RowError.INDEX);
    }
    return parts.get(wanted);
  }

  static Object findInSet(List<Object> v) {
    byte[] comma = {','};
    if (split(bytesAt(v, 0), comma).size() > 1) {
      return 0;
    }
    return split(bytesAt(v, 1), comma).indexOf(v.get(0)) + 1;
  }

  private static int letter(byte b) {
    return b >= 'a' && b <= 'z' ? b - 'a' : b >= 'A' && b <= 'Z' ? b - 'A' : -1;
  }

  static Object soundex(List<Object> v) {
    byte[] text = bytesAt(v, 0);
    if (text.length == 0 || letter(text[0]) < 0) {
      return v.get(0);
    }
    StringBuilder sounds = new StringBuilder();
    sounds.append((char) ('A' + letter(text[0])));
    byte last = SOUNDS[letter(text[0])];
    for (int i = 1; i < text.length && sounds.length() < SOUND_SIZE; i++) {
      byte sound = letter(text[i]) < 0 ? (byte) '0' : SOUNDS[letter(text[i])];
      if (sound != '0' && sound != '7' && sound != last) {
        sounds.append((char) sound);
      }
      last = sound == '7' ? last : sound;
    }
    return Utf8.of(sounds.append("000").substring(0, SOUND_SIZE));
  }

  private static List<Utf8> characters(byte[] text) {
    List<Utf8> characters = new ArrayList<>();
    for (int i = 0; i < text.length; ) {
      int size = RowStrings.charBytes(text, i);
      characters.add(Utf8.of(Arrays.copyOfRange(text, i, i + size)));
      i += size;
    }
    return characters;
  }

  /** By one row of the table of distances between beginnings. */
  static Object levenshtein(List<Object> v) {
    List<Utf8> a = characters(bytesAt(v, 0));
    List<Utf8> b = characters(bytesAt(v, 1));
    int[] distances = new int[b.size() + 1];
    Arrays.setAll(distances, i -> i);
    for (int i = 0; i < a.size(); i++) {
      int before = distances[0];
      distances[0] = i + 1;
      for (int k = 0; k < b.size(); k++) {
        int same = before + (a.get(i).equals(b.get(k)) ? 0 : 1);
        before = distances[k + 1];
        distances[k + 1] = Math.min(same, 1 + Math.min(before, distances[k]));
      }
    }
    return distances[b.size()];
  }

  static Object initcap(List<Object> v) {
    return CaseTable.mapWords((Utf8) v.get(0), (Utf8) v.get(1), (Utf8) v.get(2));
  }

  static Object hexBytes(List<Object> v) {
    return Utf8.of(DIGITS.formatHex(bytesAt(v, 0)));
  }
}
