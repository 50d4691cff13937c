// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Functions of strings that make new ones, in Java. */
final class RowText {
  private RowText() {}

  /** Applies a function to operands that are not null. */
  static Object call(TextFunction function, List<Object> operands) {
    Object first = operands.get(0);
    return switch (function) {
      case MAP -> CaseTable.map((Utf8) first, (Utf8) operands.get(1));
      case REPEAT -> repeat((Utf8) first, (Integer) operands.get(1));
      case REVERSE -> reverse((Utf8) first);
      case REPLACE -> replace((Utf8) first, (Utf8) operands.get(1), (Utf8) operands.get(2));
      case TRANSLATE -> translate((Utf8) first, (Utf8) operands.get(1), (Utf8) operands.get(2));
      case PAD_LEFT -> pad(operands, true);
      case PAD_RIGHT -> pad(operands, false);
      case CHARACTER -> character((Long) first);
      case TIME -> RowTextCast.ofTime((Long) first, (Integer) operands.get(1));
      case BEFORE -> before((Utf8) first, (Utf8) operands.get(1), (Integer) operands.get(2));
      case TRIM_START_OF -> trimStart((Utf8) first, (Utf8) operands.get(1));
      case TRIM_END_OF -> trimEnd((Utf8) first, (Utf8) operands.get(1));
      case LOCATE -> locate((Utf8) first, (Utf8) operands.get(1), (Integer) operands.get(2));
      case SLICE -> slice((Utf8) first, (Integer) operands.get(1), (Integer) operands.get(2));
      case FIRST_CODE -> firstCode((Utf8) first);
    };
  }

  /** Joins what is not null. */
  static Utf8 join(Utf8 separator, List<Object> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean first = true;
    for (Object part : parts) {
      if (part != null) {
        out.writeBytes(first ? new byte[0] : separator.bytes());
        out.writeBytes(((Utf8) part).bytes());
        first = false;
      }
    }
    return Utf8.of(out.toByteArray());
  }

  private static Utf8 repeat(Utf8 text, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.writeBytes(text.bytes());
    }
    return Utf8.of(out.toByteArray());
  }

  private static Utf8 reverse(Utf8 text) {
    byte[] from = text.bytes();
    byte[] to = new byte[from.length];
    for (int i = 0; i < from.length; ) {
      int size = RowStrings.charBytes(from, i);
      System.arraycopy(from, i, to, to.length - i - size, size);
      i += size;
    }
    return Utf8.of(to);
  }

  private static Utf8 replace(Utf8 text, Utf8 part, Utf8 by) {
    byte[] bytes = text.bytes();
    byte[] wanted = part.bytes();
    if (wanted.length == 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; ) {
      if (RowStrings.liesAt(bytes, i, wanted)) {
        out.writeBytes(by.bytes());
        i += wanted.length;
      } else {
        out.write(bytes[i++]);
      }
    }
    return Utf8.of(out.toByteArray());
  }

  /** Characters that are malformed become U+FFFD; one that becomes U+0000 is left out, too. */
  private static Utf8 translate(Utf8 text, Utf8 from, Utf8 to) {
    int[] wanted = from.toString().codePoints().toArray();
    int[] by = to.toString().codePoints().toArray();
    StringBuilder out = new StringBuilder();
    text.toString()
        .codePoints()
        .forEach(
            character -> {
              int at = 0;
              while (at < wanted.length && wanted[at] != character) {
                at++;
              }
              int other = at < by.length ? by[at] : 0;
              if (at == wanted.length) {
                out.appendCodePoint(character);
              } else if (other != 0) {
                out.appendCodePoint(other);
              }
            });
    return Utf8.of(out.toString());
  }

  private static Object pad(List<Object> operands, boolean left) {
    Utf8 text = (Utf8) operands.get(0);
    int length = (Integer) operands.get(1);
    Utf8 pad = (Utf8) operands.get(2);
    long missing = (long) length - RowStrings.characters(text.bytes());
    if (length <= 0 || missing <= 0 || pad.sizeBytes() == 0) {
      return RowStrings.substring(text, 1, length);
    }
    int each = RowStrings.characters(pad.bytes());
    Utf8 filling =
        join(
            Utf8.of(""),
            List.of(
                repeat(pad, (int) (missing / each)),
                RowStrings.substring(pad, 1, (int) (missing % each))));
    return join(Utf8.of(""), left ? List.of(filling, text) : List.of(text, filling));
  }

  private static Utf8 character(long code) {
    return code < 0 ? Utf8.of("") : Utf8.of(Character.toString((int) (code & 0xFF)));
  }

  private static Utf8 slice(Utf8 text, int position, int length) {
    byte[] bytes = text.bytes();
    if (position > bytes.length) {
      return Utf8.of("");
    }
    int start = position > 0 ? position - 1 : position < 0 ? bytes.length + position : 0;
    int end = bytes.length - start < length ? bytes.length : start + length;
    int first = Math.max(start, 0);
    return Utf8.of(Arrays.copyOfRange(bytes, first, Math.max(first, Math.min(end, bytes.length))));
  }

  private static Utf8 before(Utf8 text, Utf8 part, int count) {
    byte[] bytes = text.bytes();
    byte[] wanted = part.bytes();
    if (wanted.length == 0 || count == 0) {
      return Utf8.of("");
    }
    long left = Math.abs((long) count);
    int places = bytes.length - wanted.length + 1;
    for (int i = 0; i < places; i++) {
      int at = count > 0 ? i : places - 1 - i;
      if (RowStrings.liesAt(bytes, at, wanted) && --left == 0) {
        return Utf8.of(
            count > 0
                ? Arrays.copyOf(bytes, at)
                : Arrays.copyOfRange(bytes, at + wanted.length, bytes.length));
      }
    }
    return text;
  }

  private static boolean holds(byte[] set, byte[] text, int at, int size) {
    byte[] character = Arrays.copyOfRange(text, at, at + size);
    for (int i = 0; i + size <= set.length; i++) {
      if (RowStrings.liesAt(set, i, character)) {
        return true;
      }
    }
    return false;
  }

  private static Utf8 trimStart(Utf8 text, Utf8 set) {
    byte[] bytes = text.bytes();
    int at = 0;
    while (at < bytes.length && holds(set.bytes(), bytes, at, RowStrings.charBytes(bytes, at))) {
      at += RowStrings.charBytes(bytes, at);
    }
    return Utf8.of(Arrays.copyOfRange(bytes, at, bytes.length));
  }

  private static Utf8 trimEnd(Utf8 text, Utf8 set) {
    byte[] bytes = text.bytes();
    int kept = 0;
    for (int at = 0; at < bytes.length; ) {
      int size = RowStrings.charBytes(bytes, at);
      boolean trimmed = holds(set.bytes(), bytes, at, size);
      at += size;
      kept = trimmed ? kept : at;
    }
    return Utf8.of(Arrays.copyOf(bytes, kept));
  }

  private static int locate(Utf8 part, Utf8 text, int start) {
    byte[] bytes = text.bytes();
    byte[] wanted = part.bytes();
    if (start < 1 || wanted.length == 0) {
      return start < 1 ? 0 : 1;
    }
    int character = 1;
    for (int at = 0; at < bytes.length; character++) {
      if (character >= start && RowStrings.liesAt(bytes, at, wanted)) {
        return character;
      }
      at += RowStrings.charBytes(bytes, at);
    }
    return 0;
  }

  private static int firstCode(Utf8 text) {
    if (text.sizeBytes() == 0) {
      return 0;
    }
    return text.toString().codePointAt(0);
  }
}
