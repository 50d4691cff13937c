// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.Arrays;

/** Functions of strings on non-null values, in Java. */
final class RowStrings {
  private RowStrings() {}

  static Object match(StringMatch e, Object text, Object part) {
    byte[] a = ((Utf8) text).bytes();
    byte[] b = ((Utf8) part).bytes();
    int last = a.length - b.length;
    return switch (e.place()) {
      case START -> liesAt(a, 0, b);
      case END -> liesAt(a, last, b);
      case ANYWHERE -> {
        int at = 0;
        while (at <= last && !liesAt(a, at, b)) {
          at++;
        }
        yield at <= last;
      }
    };
  }

  static boolean liesAt(byte[] text, int at, byte[] part) {
    return at >= 0
        && at + part.length <= text.length
        && Arrays.equals(text, at, at + part.length, part, 0, part.length);
  }

  static Object like(Like e, Object text) {
    return e.pattern().regex().matcher(text.toString()).matches();
  }

  static Object size(StringSize e, Object text) {
    byte[] bytes = ((Utf8) text).bytes();
    return e.unit() == StringSize.Unit.BYTES ? bytes.length : characters(bytes);
  }

  static int characters(byte[] bytes) {
    int count = 0;
    for (int at = 0; at < bytes.length; at += charBytes(bytes[at])) {
      count++;
    }
    return count;
  }

  /** Returns how many bytes a character has by its first byte; 1 if that begins none. */
  private static int charBytes(byte first) {
    int b = Byte.toUnsignedInt(first);
    if (b < 0xC2 || b > 0xF4) {
      return 1;
    }
    return b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
  }

  /** Returns how many bytes the character at a place has that are there. */
  static int charBytes(byte[] text, int at) {
    return Math.min(charBytes(text[at]), text.length - at);
  }

  static Object substring(Object text, Object position, Object length) {
    byte[] bytes = ((Utf8) text).bytes();
    long place = (Integer) position;
    long first = place > 0 ? place - 1 : place < 0 ? characters(bytes) + place : 0;
    int start = offset(bytes, first);
    int end = offset(bytes, first + (Integer) length);
    return Utf8.of(Arrays.copyOfRange(bytes, start, Math.max(start, end)));
  }

  /** Returns where the {@code index}-th character starts, within the string. */
  private static int offset(byte[] bytes, long index) {
    int at = 0;
    for (long i = 0; i < index && at < bytes.length; i++) {
      at += charBytes(bytes[at]);
    }
    return Math.min(at, bytes.length);
  }

  static Object trim(Trim e, Object text) {
    byte[] bytes = ((Utf8) text).bytes();
    int start = 0;
    int end = bytes.length;
    while (e.ends() != Trim.Ends.END && start < end && bytes[start] == ' ') {
      start++;
    }
    while (e.ends() != Trim.Ends.START && end > start && bytes[end - 1] == ' ') {
      end--;
    }
    return Utf8.of(Arrays.copyOfRange(bytes, start, end));
  }
}
