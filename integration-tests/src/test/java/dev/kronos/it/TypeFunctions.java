// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.util.List;
import java.util.Map;

/** Lists functions of single types over the columns a and b of a {@link TypeTable}. */
final class TypeFunctions {
  private static final List<String> STRINGS =
      List.of(
          "a LIKE 'a%'",
          "a LIKE '%b'",
          "a LIKE '%€%'",
          "a LIKE '_'",
          "a LIKE '_€_'",
          "a LIKE '%b_d%x_z'",
          "a LIKE 'a/%' ESCAPE '/' OR a NOT LIKE '%😀'",
          "startswith(a, b)",
          "endswith(a, b)",
          "contains(a, b)",
          "substring(a, 1, 2)",
          "substring(a, 2)",
          "substring(a, -2, 1)",
          "substring(a, length(b), 3)",
          "left(a, 2)",
          "right(a, 2)",
          "length(a)",
          "octet_length(a)",
          "trim(a)",
          "ltrim(a) = rtrim(a)",
          "substring(a, 1, 2) IN ('a', 'ab', 'ä€')",
          "substring(a, 1, 1) = substring(b, 1, 1)",
          "CASE WHEN a LIKE '%b' THEN substring(a, 2) ELSE trim(b) END");

  private static final List<String> DATES =
      List.of(
          "year(a)",
          "quarter(a)",
          "month(a)",
          "day(a)",
          "dayofyear(a)",
          "dayofweek(a)",
          "weekday(a)",
          "date_add(a, 40)",
          "date_sub(a, cast(day(b) AS smallint))",
          "datediff(a, b)",
          "add_months(a, month(b) - 7)",
          "last_day(a)",
          "trunc(a, 'YEAR')",
          "trunc(a, 'quarter')",
          "trunc(a, 'MM')",
          "trunc(a, 'week')",
          "extract(YEAR FROM a) = 2026");

  /** Functions by the name of their type. */
  static final Map<String, List<String>> OF = Map.of("string", STRINGS, "date", DATES);

  private TypeFunctions() {}
}
