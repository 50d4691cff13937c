// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Functions of codes on non-null values, in Java; {@link CodeFunction} says what they do. */
final class RowCodes {
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(Long.SIZE);
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final int MOST_FACTORS = 20;
  private static final int NIBBLE_BITS = 4;
  private static final int HEX = 16;

  private RowCodes() {}

  private static String text(List<Object> v) {
    // One character for each byte.
    return new String(((Utf8) v.get(0)).bytes(), StandardCharsets.ISO_8859_1);
  }

  private static int digit(char c, int base) {
    return c < 0x80 ? Character.digit(c, base) : -1;
  }

  static Object conv(List<Object> v, boolean exact) {
    String text = text(v);
    int from = (Integer) v.get(1);
    int to = (Integer) v.get(2);
    boolean minus = text.startsWith("-");
    BigInteger number = BigInteger.ZERO;
    for (int i = minus ? 1 : 0; i < text.length() && digit(text.charAt(i), from) >= 0; i++) {
      BigInteger digit = BigInteger.valueOf(digit(text.charAt(i), from));
      number = number.multiply(BigInteger.valueOf(from)).add(digit);
    }
    boolean tooLarge = number.compareTo(LIMIT) >= 0;
    if (tooLarge && exact) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    long value = tooLarge ? -1 : number.longValue();
    if (to > 0) {
      value = minus ? (value < 0 ? -1 : -value) : value;
      return Utf8.of(Long.toUnsignedString(value, to).toUpperCase(Locale.ROOT));
    }
    boolean signed = minus || value < 0;
    String digits = Long.toUnsignedString(Math.abs(value), -to).toUpperCase(Locale.ROOT);
    return Utf8.of(signed ? "-" + digits : digits);
  }

  static Object base64(List<Object> v) {
    int line = (Integer) v.get(1);
    Base64.Encoder encoder =
        line == 0 ? Base64.getEncoder() : Base64.getMimeEncoder(line, LINE_END);
    return Utf8.of(encoder.encode(((Utf8) v.get(0)).bytes()));
  }

  static Object unbase64(List<Object> v) {
    try {
      return Utf8.of(Base64.getMimeDecoder().decode(((Utf8) v.get(0)).bytes()));
    } catch (IllegalArgumentException malformed) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
  }

  static Object unhex(List<Object> v) {
    String text = text(v);
    byte[] bytes = new byte[(text.length() + 1) / 2];
    int odd = text.length() & 1;
    for (int i = 0; i < text.length(); i++) {
      int digit = digit(text.charAt(i), HEX);
      if (digit < 0) {
        throw new RowErrorException(RowError.OVERFLOW);
      }
      int at = (i + odd) / 2;
      bytes[at] = (byte) ((bytes[at] << NIBBLE_BITS) | digit);
    }
    return Utf8.of(bytes);
  }

  static Object urlEncode(List<Object> v) {
    StringBuilder out = new StringBuilder();
    for (char c : text(v).toCharArray()) {
      if (digit(c, Character.MAX_RADIX) >= 0 || ".-*_".indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append(c == ' ' ? "+" : "%%%02X".formatted((int) c));
      }
    }
    return Utf8.of(out.toString());
  }

  static Object thousands(List<Object> v) {
    String text = text(v);
    int point = text.indexOf('.');
    int whole = point < 0 ? text.length() : point;
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (i > 0 && i < whole && (whole - i) % 3 == 0) {
        out.append(',');
      }
      out.append(text.charAt(i));
    }
    return Utf8.of(out.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  static Object factorial(List<Object> v) {
    int number = (Integer) v.get(0);
    if (number < 0 || number > MOST_FACTORS) {
      throw new RowErrorException(RowError.OVERFLOW);
    }
    long product = 1;
    for (int factor = 2; factor <= number; factor++) {
      product *= factor;
    }
    return product;
  }
}
