// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Wall clocks and strings by patterns, in Java; {@link FormatFunction} says what they do. */
final class RowFormats {
  private static final long MICROS = TimeUnit.SECONDS.toMicros(1);
  private static final int NANOS_PER_MICRO = 1000;

  /** Digits of microseconds. */
  private static final int SCALE = 6;

  private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000};
  private static final int CENTURY = 100;
  private static final int MILLENNIUM = 2000;

  private RowFormats() {}

  private static LocalDateTime clock(Object micros) {
    long value = (Long) micros;
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(value, MICROS),
        (int) Math.floorMod(value, MICROS) * NANOS_PER_MICRO,
        ZoneOffset.UTC);
  }

  /** Counts microseconds of a clock that is within reach, by numbers of any size. */
  private static Object micros(LocalDateTime clock) {
    BigInteger micros =
        BigInteger.valueOf(clock.toEpochSecond(ZoneOffset.UTC))
            .multiply(BigInteger.valueOf(MICROS))
            .add(BigInteger.valueOf(clock.getNano() / NANOS_PER_MICRO));
    if (micros.bitLength() >= Long.SIZE) {
      throw failure(null);
    }
    return micros.longValue();
  }

  private static RowErrorException failure(Exception cause) {
    RowErrorException error = new RowErrorException(RowError.OVERFLOW);
    error.initCause(cause);
    return error;
  }

  private static String padded(long value, int digits) {
    String text = Long.toString(value);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  static Object write(List<Object> v) {
    LocalDateTime clock = clock(v.get(0));
    byte[] program = ((Utf8) v.get(1)).bytes();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < program.length; i += TimePattern.stepBytes(program, i)) {
      int count = program[i + 1];
      switch (program[i]) {
        case 'y' -> out.append(year(clock.getYear(), count));
        case 'M' -> out.append(padded(clock.getMonthValue(), count));
        case 'd' -> out.append(padded(clock.getDayOfMonth(), count));
        case 'H' -> out.append(padded(clock.getHour(), count));
        case 'h' -> out.append(padded((clock.getHour() + 11) % 12 + 1, count));
        case 'm' -> out.append(padded(clock.getMinute(), count));
        case 's' -> out.append(padded(clock.getSecond(), count));
        case 'S' -> out.append(padded(clock.getNano(), 9), 0, count);
        case TimePattern.NAME -> out.append(name(clock, program, i));
        default -> out.append((char) program[i + 2]);
      }
    }
    return Utf8.of(out.toString());
  }

  private static String name(LocalDateTime clock, byte[] program, int step) {
    int place =
        switch (program[step + 1]) {
          case 'M' -> clock.getMonthValue() - 1;
          case 'E' -> clock.getDayOfWeek().getValue() - 1;
          default -> clock.getHour() / 12;
        };
    int at = step + TimePattern.STEP_BYTES + place * TimePattern.NAME_BYTES;
    return new String(program, at + 1, program[at], StandardCharsets.US_ASCII);
  }

  private static String year(int year, int count) {
    int size = Math.abs(year);
    if (count == 2) {
      return padded(size % CENTURY, 2);
    }
    String sign = year < 0 ? "-" : size > 9999 ? "+" : "";
    return sign + padded(size, count);
  }

  /** Reads the fields of a text, one after the other. */
  private static final class Reader {
    private final byte[] text;
    private final Map<Byte, Integer> fields = new HashMap<>();
    private int at;

    Reader(byte[] text) {
      this.text = text;
    }

    private static void require(boolean right) {
      if (!right) {
        throw failure(null);
      }
    }

    private int peek() {
      return at < text.length ? text[at] : -1;
    }

    /** Digits from here on, at most so many. */
    private int digits(int most) {
      int end = at;
      while (end < text.length && end - at < most && text[end] >= '0' && text[end] <= '9') {
        end++;
      }
      return end - at;
    }

    /** What is too large for an int is for every field. */
    private int number(int digits) {
      BigInteger number = new BigInteger(new String(text, at, digits, StandardCharsets.US_ASCII));
      at += digits;
      return number.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
    }

    private int year(int behind) {
      int sign = peek();
      boolean signed = sign == '-' || sign == '+';
      at += signed ? 1 : 0;
      int count = digits(19 + behind);
      count = behind > 0 ? Math.max(4, count - behind) : count;
      require(count >= 4 && digits(count) == count);
      require(sign == '-' || (sign == '+') == count > 4);
      int size = number(count);
      require(sign != '-' || size > 0);
      return sign == '-' ? -size : size;
    }

    private int field(byte code, int count, int behind) {
      if (code == 'y' && count == 4) {
        return year(behind);
      }
      int found = digits(code == 'S' || count == 2 ? count : 19);
      require(found > 0 && (code == 'S' || found >= count));
      if (code == 'S') {
        int kept = Math.min(found, SCALE);
        int micros = number(kept) * POWERS[SCALE - kept];
        at += found - kept;
        return micros;
      }
      return number(found) + (code == 'y' ? MILLENNIUM : 0);
    }

    void step(byte[] program, int i) {
      if (program[i] == TimePattern.LITERAL) {
        require(lower(peek()) == lower(program[i + 2]));
        at++;
      } else {
        fields.put(program[i], field(program[i], program[i + 1], program[i + 2]));
      }
    }

    private static int lower(int c) {
      return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    private int get(char code, int otherwise) {
      return fields.getOrDefault((byte) code, otherwise);
    }

    LocalDateTime clock() {
      require(at == text.length);
      return LocalDateTime.of(
          get('y', 1970),
          get('M', 1),
          get('d', 1),
          get('H', 0),
          get('m', 0),
          get('s', 0),
          get('S', 0) * NANOS_PER_MICRO);
    }
  }

  static Object read(List<Object> v) {
    byte[] program = ((Utf8) v.get(1)).bytes();
    Reader reader = new Reader(((Utf8) v.get(0)).bytes());
    for (int i = 0; i < program.length; i += TimePattern.STEP_BYTES) {
      reader.step(program, i);
    }
    try {
      return micros(reader.clock());
    } catch (DateTimeException e) {
      throw failure(e);
    }
  }

  static Object make(List<Object> v) {
    long seconds = ((BigInteger) v.get(5)).longValueExact();
    int whole = (int) Math.min(seconds / MICROS, CENTURY);
    int rest = (int) (seconds % MICROS);
    try {
      LocalDateTime clock =
          LocalDateTime.of(
              (Integer) v.get(0),
              (Integer) v.get(1),
              (Integer) v.get(2),
              (Integer) v.get(3),
              (Integer) v.get(4),
              whole == 60 && rest == 0 ? 0 : whole,
              rest * NANOS_PER_MICRO);
      return micros(whole == 60 ? clock.plusMinutes(1) : clock);
    } catch (DateTimeException e) {
      throw failure(e);
    }
  }

  static Object months(List<Object> v) {
    return ChronoUnit.MONTHS.between(clock(v.get(0)), clock(v.get(1)));
  }
}
