// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.util.List;

/**
 * Lists the supported types with the values that break things.
 *
 * @param name SQL name of the type
 * @param values SQL literals of edge values, null left out
 * @param numeric whether arithmetic, sum and avg apply
 */
record TypeTable(String name, List<String> values, boolean numeric) {

  static final List<TypeTable> ALL =
      List.of(
          numeric("tinyint", "0", "1", "-1", "7", "127", "-128"),
          numeric("smallint", "0", "1", "-1", "300", "32767", "-32768"),
          numeric("int", "0", "1", "-1", "100000", "2147483647", "-2147483648"),
          numeric(
              "bigint",
              "0",
              "1",
              "-1",
              "3000000000",
              "9223372036854775807",
              "-9223372036854775808"),
          numeric(
              "float",
              "0.0",
              "'-0.0'",
              "1.5",
              "-2.25",
              "'NaN'",
              "'Infinity'",
              "'-Infinity'",
              "3.4028235E38",
              "16777217"),
          numeric(
              "double",
              "0.0",
              "'-0.0'",
              "1.5",
              "-2.25",
              "'NaN'",
              "'Infinity'",
              "'-Infinity'",
              "1.7976931348623157E308",
              "0.1"),
          numeric("decimal(9,2)", "0", "1.25", "-1.25", "9999999.99", "-9999999.99", "0.01"),
          numeric(
              "decimal(15,2)",
              "0",
              "1.25",
              "-1.25",
              "9999999999999.99",
              "-9999999999999.99",
              "0.01"),
          numeric(
              "decimal(25,4)",
              "0",
              "1.2345",
              "-1.2345",
              "999999999999999999999.9999",
              "-999999999999999999999.9999",
              "18446744073709551616.0001"),
          numeric(
              "decimal(38,10)",
              "0",
              "1.0000000001",
              "-1.5",
              "9999999999999999999999999999.9999999999",
              "-9999999999999999999999999999.9999999999"),
          other("boolean", "true", "false"),
          other("date", "'1970-01-01'", "'2026-11-22'", "'0001-01-01'", "'9999-12-31'"),
          other(
              "timestamp",
              "'1970-01-01 00:00:00'",
              "'2026-11-22 13:14:15.123456'",
              "'0001-01-01 00:00:00'",
              "'9999-12-31 23:59:59.999999'"),
          other(
              "timestamp_ntz",
              "'1970-01-01 00:00:00'",
              "'2026-11-22 13:14:15.123456'",
              "'9999-12-31 23:59:59.999999'"),
          other("binary", "X''", "X'00'", "X'0000'", "X'61'", "X'7F'", "X'80'", "X'FFFE8000C3'"),
          other("string", "''", "'a'", "'ab'", "'abcdefghijklmnopqrstuvwxyz'", "'ä€😀'", "' b '"));

  private static TypeTable numeric(String name, String... values) {
    return new TypeTable(name, List.of(values), true);
  }

  private static TypeTable other(String name, String... values) {
    return new TypeTable(name, List.of(values), false);
  }

  /** Returns whether this is a floating-point type. */
  boolean isFloating() {
    return name.equals("float") || name.equals("double");
  }

  /** Returns the name of this type's table of value pairs. */
  String table() {
    return "pairs_" + name.replaceAll("[^a-z0-9]+", "_").replaceAll("_$", "");
  }

  /**
   * Returns a query with every pair (a, b) of values and nulls, and a key column of four groups.
   */
  String pairs() {
    String rows =
        "SELECT cast(v AS %s) AS v FROM VALUES (%s), (null) AS t(v)"
            .formatted(name, String.join("), (", values.stream().map(this::text).toList()));
    return """
        SELECT l.v AS a, r.v AS b,
          CASE pmod(hash(l.v, r.v), 4) WHEN 0 THEN 'x' WHEN 1 THEN 'y' WHEN 2 THEN '' END AS k
        FROM (%s) l CROSS JOIN (%s) r"""
        .formatted(rows, rows);
  }

  /** Values travel as text so that one VALUES list holds NaN and 38 digits alike. */
  private String text(String value) {
    return value.endsWith("'") ? value : "'" + value + "'";
  }

  @Override
  public String toString() {
    return name;
  }
}
