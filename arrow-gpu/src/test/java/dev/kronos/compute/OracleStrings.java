// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.expression.Utf8;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Says what Arrow's functions of strings and of dates give for one row without nulls. */
final class OracleStrings {
  static final Map<String, Function<List<Object>, Object>> RULES =
      Map.ofEntries(
          Map.entry("starts_with", v -> match(v, String::startsWith)),
          Map.entry("ends_with", v -> match(v, String::endsWith)),
          Map.entry("match_substring", v -> match(v, String::contains)),
          Map.entry("binary_length", v -> bytes(v.get(0)).length()),
          Map.entry("utf8_length", v -> characters(bytes(v.get(0)))),
          Map.entry("utf8_upper", v -> Utf8.of(v.get(0).toString().toUpperCase(Locale.ROOT))),
          Map.entry("utf8_lower", v -> Utf8.of(v.get(0).toString().toLowerCase(Locale.ROOT))),
          Map.entry("utf8_reverse", v -> reversed(bytes(v.get(0)))),
          Map.entry("year", v -> field(v, ChronoField.YEAR)),
          Map.entry("quarter", v -> field(v, IsoFields.QUARTER_OF_YEAR)),
          Map.entry("month", v -> field(v, ChronoField.MONTH_OF_YEAR)),
          Map.entry("day", v -> field(v, ChronoField.DAY_OF_MONTH)),
          Map.entry("day_of_year", v -> field(v, ChronoField.DAY_OF_YEAR)),
          Map.entry("day_of_week", v -> field(v, ChronoField.DAY_OF_WEEK) - 1));

  private OracleStrings() {}

  /** One character a byte: what holds of these holds of bytes. */
  private static String bytes(Object text) {
    return new String(((Utf8) text).bytes(), StandardCharsets.ISO_8859_1);
  }

  private static boolean match(List<Object> values, BiPredicate<String, String> test) {
    return test.test(bytes(values.get(0)), bytes(values.get(1)));
  }

  /** Walks by first bytes, which is what the function promises of malformed text as well. */
  private static int characters(String bytes) {
    int count = 0;
    for (int i = 0; i < bytes.length(); count++) {
      char first = bytes.charAt(i);
      boolean begins = first >= 0xC2 && first <= 0xF4;
      i += !begins ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    }
    return count;
  }

  private static Utf8 reversed(String bytes) {
    StringBuilder to = new StringBuilder();
    for (int i = 0; i < bytes.length(); ) {
      int end = i + 1;
      while (end < bytes.length() && characters(bytes.substring(i, end + 1)) == 1) {
        end++;
      }
      to.insert(0, bytes.substring(i, end));
      i = end;
    }
    return Utf8.of(to.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static long field(List<Object> values, TemporalField field) {
    return OracleTimes.date(values.get(0)).getLong(field);
  }
}
