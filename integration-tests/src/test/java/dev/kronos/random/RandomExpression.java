// SPDX-License-Identifier: Apache-2.0
package dev.kronos.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Writes random SQL expressions of a wanted type over given columns. */
final class RandomExpression {
  private static final int MAX_DEPTH = 2;
  private static final List<String> COMPARISONS = List.of("=", "<=>", "<", "<=", ">", ">=", "<>");

  /**
   * Holds a way to write an expression. In its text, {@code $N} stands for an operand of type N,
   * and {@code $$} for one of the expression's own.
   *
   * @param result the type that it gives
   * @param text the SQL
   */
  private record Form(SqlKind result, String text) {}

  /** Forms of one type; those that every type or every number has are added by code. */
  private static final List<Form> FORMS =
      List.of(
          new Form(SqlKind.BOOLEAN, "($$ AND $$)"),
          new Form(SqlKind.BOOLEAN, "($$ OR $$)"),
          new Form(SqlKind.BOOLEAN, "(NOT $$)"),
          new Form(SqlKind.BOOLEAN, "($STRING LIKE '%a%')"),
          new Form(SqlKind.BOOLEAN, "($STRING LIKE '_b%')"),
          new Form(SqlKind.BOOLEAN, "startswith($STRING, 'a')"),
          new Form(SqlKind.BOOLEAN, "contains($STRING, $STRING)"),
          new Form(SqlKind.INT, "length($STRING)"),
          new Form(SqlKind.INT, "octet_length($STRING)"),
          new Form(SqlKind.INT, "year($DATE)"),
          new Form(SqlKind.INT, "month($DATE)"),
          new Form(SqlKind.INT, "dayofweek($DATE)"),
          new Form(SqlKind.INT, "datediff($DATE, $DATE)"),
          new Form(SqlKind.INT, "hash($STRING, $LONG, $DOUBLE)"),
          new Form(SqlKind.INT, "cast($SHORT AS int)"),
          new Form(SqlKind.LONG, "cast($INT AS bigint)"),
          new Form(SqlKind.LONG, "cast($BOOLEAN AS bigint)"),
          new Form(SqlKind.DOUBLE, "cast($INT AS double)"),
          new Form(SqlKind.DOUBLE, "cast($DECIMAL15 AS double)"),
          new Form(SqlKind.DOUBLE, "atan($$)"),
          new Form(SqlKind.DOUBLE, "log1p(abs($$))"),
          new Form(SqlKind.FLOAT, "cast($SHORT AS float)"),
          new Form(SqlKind.DOUBLE, "try_cast($STRING AS double)"),
          new Form(SqlKind.FLOAT, "cast(cast($DECIMAL9 AS string) AS float)"),
          new Form(SqlKind.DECIMAL9, "try_cast($STRING AS decimal(9,2))"),
          new Form(SqlKind.DECIMAL9, "try_cast($DOUBLE AS decimal(9,2))"),
          new Form(SqlKind.DOUBLE, "round($$, 3)"),
          new Form(SqlKind.DECIMAL30, "cast($DECIMAL9 AS decimal(30,4))"),
          new Form(SqlKind.DECIMAL30, "cast($LONG AS decimal(30,4))"),
          new Form(SqlKind.DECIMAL30, "cast($DECIMAL15 * $DECIMAL9 AS decimal(30,4))"),
          new Form(SqlKind.DATE, "date_add($$, cast($BYTE AS int))"),
          new Form(SqlKind.DATE, "cast($TIMESTAMP AS date)"),
          new Form(SqlKind.DATE, "last_day($$)"),
          new Form(SqlKind.TIMESTAMP, "cast($DATE AS timestamp)"),
          new Form(SqlKind.TIMESTAMP, "cast($DECIMAL9 AS timestamp)"),
          new Form(SqlKind.TIMESTAMP, "try_cast(cast($$ AS string) AS timestamp)"),
          new Form(SqlKind.TIMESTAMP, "try_cast(concat($DATE, ' 12:34:56 CET') AS timestamp)"),
          new Form(SqlKind.STRING, "cast($TIMESTAMP AS string)"),
          new Form(SqlKind.STRING, "try_cast($DECIMAL30 AS string)"),
          new Form(SqlKind.STRING, "cast($FLOAT AS string)"),
          new Form(SqlKind.STRING, "substring($$, 2, 3)"),
          new Form(SqlKind.STRING, "substring($$, -4, cast($BYTE AS int))"),
          new Form(SqlKind.STRING, "trim($$)"),
          new Form(SqlKind.STRING, "split_part($$, 'a', 2)"),
          new Form(SqlKind.STRING, "hex($LONG)"),
          new Form(SqlKind.STRING, "date_format($TIMESTAMP, 'yyyy-MM-dd HH:mm')"),
          new Form(SqlKind.LONG, "unix_timestamp($TIMESTAMP)"),
          new Form(SqlKind.LONG, "timestampdiff(HOUR, $TIMESTAMP, $TIMESTAMP)"),
          new Form(SqlKind.DATE, "try_to_date($STRING, 'yyyy')"),
          new Form(SqlKind.INT, "levenshtein($STRING, $STRING)"),
          new Form(SqlKind.LONG, "crc32($STRING)"),
          new Form(SqlKind.LONG, "xxhash64($BINARY, $DATE)"),
          new Form(SqlKind.INT, "hash($BINARY)"),
          new Form(SqlKind.INT, "length($BINARY)"),
          new Form(SqlKind.STRING, "hex($BINARY)"),
          new Form(SqlKind.STRING, "md5($BINARY)"),
          new Form(SqlKind.BINARY, "substring($$, -3, cast($BYTE AS int))"),
          new Form(SqlKind.BINARY, "($$ || $$)"),
          new Form(SqlKind.BINARY, "unhex(hex($LONG))"),
          new Form(SqlKind.BINARY, "cast($STRING AS binary)"));

  private final Random random;
  private final List<RandomTable.Column> columns;

  RandomExpression(Random random, List<RandomTable.Column> columns) {
    this.random = random;
    this.columns = columns;
  }

  /** Writes an expression of a type. */
  String of(SqlKind kind) {
    return of(kind, MAX_DEPTH);
  }

  private String of(SqlKind kind, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return leaf(kind);
    }
    List<String> forms = forms(kind);
    return fill(SqlKind.pick(random, forms), kind, depth - 1);
  }

  private String leaf(SqlKind kind) {
    List<RandomTable.Column> fit = columns.stream().filter(c -> c.kind() == kind).toList();
    if (fit.isEmpty() || random.nextInt(5) == 0) {
      return random.nextInt(8) == 0 ? "cast(null AS " + kind.sql() + ")" : kind.literal(random);
    }
    return SqlKind.pick(random, fit).name();
  }

  private List<String> forms(SqlKind kind) {
    List<String> forms = new ArrayList<>();
    FORMS.stream().filter(form -> form.result() == kind).map(Form::text).forEach(forms::add);
    forms.add("CASE WHEN $BOOLEAN THEN $$ WHEN $BOOLEAN THEN $$ ELSE $$ END");
    forms.add("if($BOOLEAN, $$, $$)");
    forms.add("coalesce($$, $$)");
    if (kind == SqlKind.BOOLEAN) {
      Stream.of(SqlKind.values()).map(this::test).forEach(forms::add);
    }
    if (kind.isNumeric()) {
      forms.addAll(arithmetic(kind));
    }
    return forms;
  }

  /** Returns a comparison of two operands of a type, or a test of one. */
  private String test(SqlKind kind) {
    String operand = "$" + kind;
    return switch (random.nextInt(4)) {
      case 0 -> "(" + operand + " IS NULL)";
      case 1 -> "(%s IN (%s, %s))".formatted(operand, kind.literal(random), kind.literal(random));
      default -> "(%s %s %s)".formatted(operand, SqlKind.pick(random, COMPARISONS), operand);
    };
  }

  /** Returns arithmetic that gives the type back; what overflows fails or is null. */
  private static List<String> arithmetic(SqlKind kind) {
    String cast = "cast(%s AS " + kind.sql() + ")";
    List<String> forms = new ArrayList<>();
    for (String operator : List.of("+", "-", "*")) {
      forms.add(cast.formatted("$$ " + operator + " $$"));
    }
    for (String call : List.of("try_add($$, $$)", "try_subtract($$, $$)", "abs($$)", "(-$$)")) {
      forms.add(cast.formatted(call));
    }
    if (!kind.isExact()) {
      forms.add(cast.formatted("$$ / nullif($$, 0)"));
    }
    return forms;
  }

  private String fill(String form, SqlKind own, int depth) {
    StringBuilder sql = new StringBuilder();
    int at = 0;
    for (int next = form.indexOf('$'); next >= 0; next = form.indexOf('$', at)) {
      sql.append(form, at, next);
      SqlKind kind = own;
      at = next + 2;
      if (form.charAt(next + 1) != '$') {
        int end = next + 1;
        while (end < form.length() && Character.isLetterOrDigit(form.charAt(end))) {
          end++;
        }
        kind = SqlKind.valueOf(form.substring(next + 1, end));
        at = end;
      }
      sql.append(of(kind, depth));
    }
    return sql.append(form, at, form.length()).toString();
  }
}
