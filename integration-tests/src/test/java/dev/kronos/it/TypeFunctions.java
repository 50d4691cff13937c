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
          "trim('x' FROM a) = b",
          "trim(LEADING ' aä' FROM a)",
          "rtrim(b, a)",
          "a RLIKE '^ab'",
          "a RLIKE '.*b.*'",
          "upper(a)",
          "lower(concat(a, 'ΑΣ ÄÖǅ İß', b))",
          "upper(b || 'ŉßﬃ')",
          "a || b",
          "a || '-' || length(b)",
          "concat(a, b, a)",
          "concat_ws(', ', a, b, 'x')",
          "concat_ws(b, a, a)",
          "repeat(a, length(b) - 1)",
          "reverse(a)",
          "replace(a, 'b', '€€')",
          "replace(a, b, '')",
          "translate(a, 'bé1', 'x€')",
          "translate(b, a, 'yz')",
          "lpad(a, 5, 'xy€')",
          "rpad(a, length(b), b)",
          "lpad(a, -1)",
          "rpad(a, 4, '')",
          "left(b, length(a))",
          "instr(a, 'b')",
          "locate(b, a)",
          "locate('', a, 2)",
          "position('b', a, 2)",
          "locate('b', a, nullif(length(b), 2))",
          "substring_index(a, 'b', 1)",
          "substring_index(a, ' ', -1)",
          "substring_index(a, b, length(a) - 3)",
          "ascii(a)",
          "chr(ascii(a) + length(b) - 2)",
          "space(length(a))",
          "btrim(a)",
          "btrim(a, 'ab')",
          "overlay(a PLACING 'XY' FROM 2)",
          "overlay(a, b, length(b), 1)",
          "overlay(a PLACING b FROM 0 FOR 2)",
          "bit_length(a)",
          "char_length(reverse(a) || b)",
          "CASE WHEN length(a) > 1 THEN upper(a) ELSE repeat(b, 2) END",
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
