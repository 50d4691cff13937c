// SPDX-License-Identifier: Apache-2.0
package dev.kronos.random;

import java.util.List;
import java.util.Random;

/**
 * Lists the types that random queries are made of, with the values that break things.
 *
 * <p>Values are SQL literals; a random one is an edge value half of the time.
 */
enum SqlKind {
  BOOLEAN("boolean", false, "true", "false"),
  BYTE("tinyint", true, "0", "1", "-1", "127", "-128"),
  SHORT("smallint", true, "0", "-1", "300", "32767", "-32768"),
  INT("int", true, "0", "1", "-1", "2147483647", "-2147483648"),
  LONG("bigint", true, "0", "-1", "9223372036854775807", "-9223372036854775808"),
  FLOAT("float", true, "0.0", "'-0.0'", "1.5", "'NaN'", "'Infinity'", "3.4028235E38", "1.4E-45"),
  DOUBLE("double", true, "0.0", "'-0.0'", "0.1", "'NaN'", "'-Infinity'", "1.7976931348623157E308"),
  DECIMAL9("decimal(9,2)", true, "0", "0.01", "-1.25", "9999999.99", "-9999999.99"),
  DECIMAL15("decimal(15,2)", true, "0", "-0.01", "9999999999999.99", "-9999999999999.99"),
  DECIMAL30("decimal(30,4)", true, "0", "18446744073709551616.0001", "-99999999999999999999.9999"),
  DATE("date", false, "'1970-01-01'", "'0001-01-01'", "'9999-12-31'", "'2024-02-29'"),
  TIMESTAMP("timestamp", false, "'1970-01-01 00:00:00'", "'1969-12-31 23:59:59.999999'"),
  STRING("string", false, "''", "'a'", "' b '", "'ä€😀'", "'%_'", "'abcdefghijklmnopqrstuvwxyz'"),
  BINARY("binary", false, "X''", "X'00'", "X'FF'", "X'0000'", "X'80C3FE00'", "'a'");

  private static final List<String> LETTERS = List.of("a", "b", "A", " ", "z", "ß", "日", "0", "%");

  private final String sql;
  private final boolean numeric;
  private final List<String> edges;

  SqlKind(String sql, boolean numeric, String... edges) {
    this.sql = sql;
    this.numeric = numeric;
    this.edges = List.of(edges);
  }

  /** Returns the type's name in SQL. */
  String sql() {
    return sql;
  }

  /** Returns whether arithmetic applies. */
  boolean isNumeric() {
    return numeric;
  }

  /** Returns whether sums do not depend on the order of rows. */
  boolean isExact() {
    return numeric && this != FLOAT && this != DOUBLE;
  }

  /** Returns any type. */
  static SqlKind any(Random random) {
    return pick(random, List.of(values()));
  }

  /** Returns a constant of this type, never null. */
  String literal(Random random) {
    String value = random.nextBoolean() ? pick(random, edges) : ordinary(random);
    return "cast(%s AS %s)".formatted(value, sql);
  }

  private String ordinary(Random random) {
    return switch (this) {
      case BOOLEAN -> random.nextBoolean() ? "true" : "false";
      case FLOAT, DOUBLE -> random.nextInt(4000) - 2000 + "e-" + random.nextInt(3);
      case DECIMAL9, DECIMAL15, DECIMAL30 -> random.nextInt(20000) - 10000 + "e-2";
      case DATE -> "date_add(date'1990-01-01', " + random.nextInt(20000) + ")";
      case TIMESTAMP -> "timestamp_micros(" + random.nextInt() * 1_234_567L + ")";
      case STRING, BINARY -> "'" + word(random) + "'";
      default -> Integer.toString(random.nextInt(200) - 100);
    };
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      word.append(pick(random, LETTERS));
    }
    return word.toString();
  }

  /** Returns an element of a list that is not empty. */
  static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
