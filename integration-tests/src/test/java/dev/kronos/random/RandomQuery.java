// SPDX-License-Identifier: Apache-2.0
package dev.kronos.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds two random tables and a random query over them: filters, projections, joins, aggregates,
 * unions, distinct rows, orders and limits. The answer does not depend on the order of rows: sums
 * are of exact types, limits follow an order without ties.
 *
 * @param seed what all is made from
 * @param tables for each table its name and the query that makes it
 * @param sql the query
 * @param ordered whether the order of the answer's rows is given
 * @param ansi whether overflow is an error
 */
public record RandomQuery(
    long seed, List<Table> tables, String sql, boolean ordered, boolean ansi) {
  /** So many seeds in a row share their tables: writing those costs more than most queries. */
  private static final int SEEDS_OF_TABLES = 16;

  private static final List<String> JOINS =
      List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN");

  /**
   * Holds a table's name and the query whose answer it is.
   *
   * @param name the name
   * @param sql the query
   */
  public record Table(String name, String sql) {}

  /** Makes the query of a seed. */
  public static RandomQuery of(long seed) {
    Random forTables = new Random(seed - Math.floorMod(seed, SEEDS_OF_TABLES));
    RandomTable left = RandomTable.of("l", forTables);
    RandomTable right = RandomTable.of("r", forTables);
    List<Table> tables =
        Stream.of(left, right).map(table -> new Table(table.name(), table.sql(forTables))).toList();
    Random random = new Random(seed);
    boolean ansi = random.nextInt(3) == 0;
    return switch (random.nextInt(6)) {
      case 0 -> new RandomQuery(seed, tables, firstRows(left, random), true, ansi);
      case 1 -> new RandomQuery(seed, tables, union(left, random), false, ansi);
      case 2 -> new RandomQuery(seed, tables, join(left, right, random), false, ansi);
      case 3 -> new RandomQuery(seed, tables, groups("l", left.columns(), random), false, ansi);
      case 4 -> {
        List<RandomTable.Column> both = both(left, right);
        String from = inner(left, right, random);
        yield new RandomQuery(seed, tables, groups(from, both, random), false, ansi);
      }
      default -> new RandomQuery(seed, tables, distinct(left, random), false, ansi);
    };
  }

  private static List<RandomTable.Column> both(RandomTable left, RandomTable right) {
    return Stream.concat(left.columns().stream(), right.columns().stream()).toList();
  }

  private static String firstRows(RandomTable table, Random random) {
    String limit = random.nextBoolean() ? " LIMIT " + random.nextInt(50) : "";
    String direction = random.nextBoolean() ? "" : " DESC NULLS LAST";
    RandomExpression expressions = new RandomExpression(random, table.columns());
    return "SELECT %1$s_id, %2$s FROM %1$s%3$s ORDER BY %4$s%5$s, %1$s_id%6$s"
        .formatted(
            table.name(),
            outputs(expressions, random),
            where(expressions, random),
            expressions.of(SqlKind.any(random)),
            direction,
            limit);
  }

  private static String union(RandomTable table, Random random) {
    RandomExpression expressions = new RandomExpression(random, table.columns());
    List<SqlKind> kinds = kinds(random);
    return Stream.generate(
            () ->
                "SELECT "
                    + named(kinds, expressions)
                    + " FROM "
                    + table.name()
                    + where(expressions, random))
        .limit(2)
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static String distinct(RandomTable table, Random random) {
    RandomExpression expressions = new RandomExpression(random, table.columns());
    List<SqlKind> exact = kinds(random).stream().filter(RandomQuery::isKey).toList();
    return "SELECT DISTINCT "
        + named(exact.isEmpty() ? List.of(SqlKind.INT) : exact, expressions)
        + " FROM "
        + table.name()
        + where(expressions, random);
  }

  /** Equal zeros of either sign are one key, of which either may be shown. */
  private static boolean isKey(SqlKind kind) {
    return kind != SqlKind.FLOAT && kind != SqlKind.DOUBLE;
  }

  private static String join(RandomTable left, RandomTable right, Random random) {
    String type = SqlKind.pick(random, JOINS);
    boolean leftOnly = type.contains("SEMI") || type.contains("ANTI");
    List<RandomTable.Column> seen = leftOnly ? left.columns() : both(left, right);
    RandomExpression expressions = new RandomExpression(random, seen);
    return "SELECT l_id, %s FROM l %s r ON %s%s"
        .formatted(
            outputs(expressions, random),
            type,
            condition(left, right, random),
            where(expressions, random));
  }

  private static String inner(RandomTable left, RandomTable right, Random random) {
    return "l JOIN r ON " + condition(left, right, random);
  }

  /** Writes equal keys of one type, which keeps the answer small, and now and then more. */
  private static String condition(RandomTable left, RandomTable right, Random random) {
    SqlKind kind = SqlKind.any(random);
    String keys =
        "%s = %s AND pmod(l_id, 50) = pmod(r_id, 50)"
            .formatted(
                new RandomExpression(random, left.columns()).of(kind),
                new RandomExpression(random, right.columns()).of(kind));
    return random.nextInt(3) > 0 ? keys : keys + " AND l_id < 2 * r_id";
  }

  private static String groups(String from, List<RandomTable.Column> columns, Random random) {
    RandomExpression expressions = new RandomExpression(random, columns);
    List<String> keys = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      SqlKind kind = SqlKind.any(random);
      keys.add(expressions.of(isKey(kind) ? kind : SqlKind.INT));
    }
    String outputs =
        Stream.concat(keys.stream(), aggregates(expressions, random).stream())
            .collect(Collectors.joining(", "));
    String sql = "SELECT " + outputs + " FROM " + from + where(expressions, random);
    return keys.isEmpty() ? sql : sql + " GROUP BY " + String.join(", ", keys);
  }

  private static List<String> aggregates(RandomExpression expressions, Random random) {
    List<String> aggregates = new ArrayList<>(List.of("count(*)"));
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      aggregates.add(aggregate(SqlKind.any(random), expressions, random));
    }
    return aggregates;
  }

  private static String aggregate(SqlKind kind, RandomExpression expressions, Random random) {
    String operand = expressions.of(kind);
    String positive = isKey(kind) ? operand : "(" + operand + " + 0.0)";
    return switch (random.nextInt(kind.isExact() ? 6 : 4)) {
      case 0 -> "count(" + operand + ")";
      case 1 -> "min(" + positive + ")";
      case 2 -> "max(" + positive + ")";
      case 3 -> "count(DISTINCT " + operand + ")";
      case 4 -> "sum(" + operand + ")";
      default -> "avg(cast(" + operand + " AS decimal(25,4)))";
    };
  }

  private static List<SqlKind> kinds(Random random) {
    return Stream.generate(() -> SqlKind.any(random)).limit(1 + random.nextInt(4)).toList();
  }

  private static String outputs(RandomExpression expressions, Random random) {
    return named(kinds(random), expressions);
  }

  private static String named(List<SqlKind> kinds, RandomExpression expressions) {
    List<String> outputs = new ArrayList<>();
    for (SqlKind kind : kinds) {
      outputs.add(expressions.of(kind) + " AS c" + outputs.size());
    }
    return String.join(", ", outputs);
  }

  private static String where(RandomExpression expressions, Random random) {
    return random.nextInt(3) == 0 ? "" : " WHERE " + expressions.of(SqlKind.BOOLEAN);
  }

  /** Says all that is needed to run the query again. */
  @Override
  public String toString() {
    return "seed=%d, ansi=%s, query=%s, tables=%s".formatted(seed, ansi, sql, tables);
  }
}
