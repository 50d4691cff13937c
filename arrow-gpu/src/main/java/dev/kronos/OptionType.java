// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says how the text of an option becomes a value.
 *
 * @param name the name of the type in the documentation
 * @param javaType the class of its values
 * @param allowed what is allowed, in words that complete "allowed: "
 * @param parser turns trimmed text into a value, or throws {@link IllegalArgumentException}
 * @param <T> the class of its values
 */
public record OptionType<T>(
    String name, Class<T> javaType, String allowed, Function<String, T> parser) {
  private static final Pattern BYTES = Pattern.compile("(\\d{1,18})\\s*([kmgt]?)(?:i?b)?");
  private static final String SIZE_UNITS = "kmgt";

  /** Returns the type of options that are on or off. */
  public static OptionType<Boolean> flag() {
    return new OptionType<>("boolean", Boolean.class, "true or false", OptionType::parseFlag);
  }

  /** Returns the type of free text. */
  public static OptionType<String> text(String allowed) {
    return new OptionType<>("text", String.class, allowed, text -> text);
  }

  /**
   * Returns the type of sizes in bytes, written as a number with an optional suffix k, m, g or t
   * (powers of 1024).
   *
   * @param minimumBytes the least value allowed
   * @param maximumBytes the greatest value allowed
   */
  public static OptionType<Long> bytes(long minimumBytes, long maximumBytes) {
    String allowed =
        "a size from "
            + describeBytes(minimumBytes)
            + " to "
            + describeBytes(maximumBytes)
            + ", such as 64m";
    return new OptionType<>(
        "bytes", Long.class, allowed, text -> parseBytes(text, minimumBytes, maximumBytes));
  }

  /**
   * Returns the type of whole numbers.
   *
   * @param minimum the least value allowed
   * @param maximum the greatest value allowed
   */
  public static OptionType<Integer> count(int minimum, int maximum) {
    String allowed = "a whole number from " + minimum + " to " + maximum;
    return new OptionType<>(
        "count", Integer.class, allowed, text -> parseCount(text, minimum, maximum));
  }

  /** Returns the type of options that name one constant of an enum, in any case. */
  public static <E extends Enum<E>> OptionType<E> oneOf(Class<E> constants) {
    String allowed =
        String.join(
            ", ",
            Arrays.stream(constants.getEnumConstants()).map(Enum::name).toArray(String[]::new));
    return new OptionType<>(
        "one of",
        constants,
        allowed,
        text -> Enum.valueOf(constants, text.toUpperCase(Locale.ROOT)));
  }

  /** Returns a size in the largest unit that divides it. */
  static String describeBytes(long sizeBytes) {
    int unit = 0;
    long value = sizeBytes;
    while (value != 0 && value % 1024 == 0 && unit < SIZE_UNITS.length()) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? Long.toString(value) : value + "" + SIZE_UNITS.charAt(unit - 1);
  }

  private static Boolean parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Integer parseCount(String text, int minimum, int maximum) {
    int value = Integer.parseInt(text);
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static Long parseBytes(String text, long minimumBytes, long maximumBytes) {
    Matcher matcher = BYTES.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    String unit = matcher.group(2);
    long factor = unit.isEmpty() ? 1 : 1L << (10 * (SIZE_UNITS.indexOf(unit) + 1));
    long value = multiply(Long.parseLong(matcher.group(1)), factor, text);
    if (value < minimumBytes || value > maximumBytes) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static long multiply(long value, long factor, String text) {
    try {
      return Math.multiplyExact(value, factor);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
