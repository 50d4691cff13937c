// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Casts from and to strings, in Java. */
final class RowTextCast {
  private static final Set<String> TRUE = Set.of("t", "true", "y", "yes", "1");
  private static final Set<String> FALSE = Set.of("f", "false", "n", "no", "0");
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern FRACTION = Pattern.compile("[+-]?[0-9]*(\\.[0-9]*)?");
  private static final Pattern DATE =
      Pattern.compile(
          "([+-]?[0-9]{4,7})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[ T].*)?)?)?", Pattern.DOTALL);
  private static final DateTimeFormatter CLOCK =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern(" HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final int DELETE = 0x7F;

  private RowTextCast() {}

  static Object fromText(Cast e, Utf8 text) {
    String trimmed = trimmed(text);
    return switch (e.type().kind()) {
      case BOOLEAN -> toBoolean(e, trimmed);
      case DATE -> toDate(e, trimmed);
      case DECIMAL -> RowNumberText.toDecimal(e, text);
      case FLOAT32 -> RowNumberText.toFloat(e, text);
      case FLOAT64 -> RowNumberText.toDouble(e, text);
      default -> toIntegral(e, trimmed);
    };
  }

  /** One character a byte: white space and control characters of ASCII alone are cut off. */
  static String trimmed(Utf8 text) {
    String bytes = new String(text.bytes(), StandardCharsets.ISO_8859_1);
    int begin = 0;
    int end = bytes.length();
    while (begin < end && isBlank(bytes.charAt(begin))) {
      begin++;
    }
    while (end > begin && isBlank(bytes.charAt(end - 1))) {
      end--;
    }
    return bytes.substring(begin, end);
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || c == DELETE;
  }

  private static Object toBoolean(Cast e, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(lower)) {
      return true;
    }
    return FALSE.contains(lower) ? (Object) false : RowArithmetic.fail(e.mode(), RowError.CAST);
  }

  private static Object toDate(Cast e, String text) {
    Matcher date = DATE.matcher(text);
    if (!date.matches()) {
      return RowArithmetic.fail(e.mode(), RowError.CAST);
    }
    try {
      int year = Integer.parseInt(date.group(1));
      LocalDate day = LocalDate.of(year, number(date.group(2)), number(date.group(3)));
      return Math.toIntExact(day.toEpochDay());
    } catch (DateTimeException | ArithmeticException noDate) {
      return RowArithmetic.fail(e.mode(), RowError.CAST);
    }
  }

  private static int number(String digits) {
    return digits == null ? 1 : Integer.parseInt(digits);
  }

  private static Object toIntegral(Cast e, String text) {
    boolean point = e.mode() == ErrorMode.WRAP;
    boolean signOnly = text.isEmpty() || text.equals("+") || text.equals("-");
    if (signOnly || !(point ? FRACTION : WHOLE).matcher(text).matches()) {
      return RowArithmetic.fail(e.mode(), RowError.CAST);
    }
    String digits = text.contains(".") ? text.substring(0, text.indexOf('.')) : text;
    boolean none = digits.isEmpty() || digits.equals("+") || digits.equals("-");
    BigInteger exact = none ? BigInteger.ZERO : new BigInteger(digits);
    if (exact.bitLength() >= RowArithmetic.bits(e.type())) {
      return RowArithmetic.fail(e.mode(), RowError.CAST);
    }
    return RowArithmetic.box(exact.longValue(), e.type().kind());
  }

  static Utf8 ofTime(long micros, int offset) {
    long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
    long nanos = TimeUnit.MICROSECONDS.toNanos(Math.floorMod(micros, MICROS_PER_SECOND));
    Instant instant = Instant.ofEpochSecond(seconds, nanos);
    return Utf8.of(CLOCK.format(instant.atOffset(ZoneOffset.ofTotalSeconds(offset))));
  }

  static Object toText(Cast e, Object value) {
    DataType from = e.child().type();
    return Utf8.of(
        switch (from.kind()) {
          case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
          case DECIMAL -> {
            BigDecimal number = Decimals.scaled((BigInteger) value, from);
            yield e.mode() == ErrorMode.WRAP ? number.toString() : number.toPlainString();
          }
          default -> value.toString();
        });
  }
}
