// SPDX-License-Identifier: Apache-2.0
package dev.kronos.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes random queries over two tables: joins of all kinds, chains of them, and subqueries. */
final class RandomJoins {
  private static final List<String> TYPES =
      List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN");
  private static final List<String> OF_A_CHAIN = List.of("JOIN", "LEFT JOIN", "FULL JOIN");
  private static final List<String> HINTS =
      List.of("", "/*+ BROADCAST(r) */ ", "/*+ SHUFFLE_HASH(r) */ ", "/*+ MERGE(r) */ ");

  private final RandomTable left;
  private final RandomTable right;
  private final Random random;

  RandomJoins(RandomTable left, RandomTable right, Random random) {
    this.left = left;
    this.right = right;
    this.random = random;
  }

  RandomClauses both() {
    return over(Stream.concat(left.columns().stream(), right.columns().stream()).toList());
  }

  private RandomClauses over(List<RandomTable.Column> columns) {
    return new RandomClauses(random, columns);
  }

  /** Writes a join of any type on equal keys. */
  String join() {
    String type = SqlKind.pick(random, TYPES);
    boolean leftOnly = type.contains("SEMI") || type.contains("ANTI");
    RandomClauses seen = leftOnly ? over(left.columns()) : both();
    return "SELECT %sl_id, %s FROM l %s r ON %s%s"
        .formatted(SqlKind.pick(random, HINTS), seen.outputs(), type, condition(), seen.where());
  }

  /** Writes a join for {@code FROM}. */
  String inner() {
    return "l JOIN r ON " + condition();
  }

  /** Writes equal keys of one type, which keeps the answer small, and now and then more. */
  private String condition() {
    SqlKind kind = SqlKind.any(random);
    String keys =
        "%s = %s AND pmod(l_id, 50) = pmod(r_id, 50)"
            .formatted(over(left.columns()).of(kind), over(right.columns()).of(kind));
    return random.nextInt(3) > 0 ? keys : keys + " AND l_id < 2 * r_id";
  }

  /** Writes a join of few rows without equal keys, or the product of them. */
  String loop() {
    String type = SqlKind.pick(random, TYPES);
    boolean leftOnly = type.contains("SEMI") || type.contains("ANTI");
    String on =
        random.nextInt(3) == 0 && type.equals("JOIN")
            ? "CROSS JOIN (SELECT * FROM r WHERE r_id < 30) r"
            : "%s (SELECT * FROM r WHERE r_id < 30) r ON l_id < r_id + %d AND %s"
                .formatted(type, random.nextInt(40) - 20, both().of(SqlKind.BOOLEAN));
    RandomClauses seen = leftOnly ? over(left.columns()) : both();
    return "SELECT l_id, %s FROM (SELECT * FROM l WHERE l_id < 60) l %s"
        .formatted(seen.outputs(), on);
  }

  /**
   * Writes up to three joins in a row, below groups now and then; all but perhaps the first are on
   * a key without repeats.
   */
  String chain() {
    boolean repeats = random.nextBoolean();
    StringBuilder from = new StringBuilder(repeats ? inner() : "l");
    List<RandomTable.Column> seen = new ArrayList<>(left.columns());
    if (repeats) {
      seen.addAll(right.columns());
    }
    int more = 1 + random.nextInt(2);
    for (int i = 0; i < more; i++) {
      RandomTable next = renamed(right, "m" + i);
      SqlKind kind = SqlKind.any(random);
      String also = " AND " + over(seen).of(kind) + " <=> " + over(next.columns()).of(kind);
      from.append(' ').append(SqlKind.pick(random, OF_A_CHAIN)).append(' ').append(from(next));
      from.append(" ON ").append(repeats && random.nextBoolean() ? "r_id" : "l_id").append(" = ");
      from.append(next.name()).append("_id").append(random.nextBoolean() ? "" : also);
      seen.addAll(next.columns());
    }
    RandomClauses clauses = over(seen);
    return random.nextBoolean()
        ? RandomQuery.groups(from.toString(), clauses)
        : "SELECT l_id, %s FROM %s%s".formatted(clauses.outputs(), from, clauses.where());
  }

  private static RandomTable renamed(RandomTable table, String name) {
    List<RandomTable.Column> columns =
        table.columns().stream()
            .map(c -> new RandomTable.Column(name + "_" + c.name(), c.kind(), c.values()))
            .toList();
    return new RandomTable(name, columns, table.rows());
  }

  /** Writes the right table under another name. */
  private static String from(RandomTable table) {
    String columns =
        table.columns().stream()
            .map(c -> c.name().substring(table.name().length() + 1) + " AS " + c.name())
            .collect(Collectors.joining(", "));
    return "(SELECT r_id AS %1$s_id, %2$s FROM r) %1$s".formatted(table.name(), columns);
  }

  /** Writes a query with a subquery: scalar, correlated, {@code IN} or {@code EXISTS}. */
  String subquery() {
    RandomClauses outer = over(left.columns());
    RandomClauses inner = over(right.columns());
    String outputs = outer.outputs();
    return switch (random.nextInt(4)) {
      case 0 ->
          "SELECT l_id, %s, (SELECT max(%s) FROM r%s) AS most FROM l%s"
              .formatted(outputs, inner.key(), inner.where(), outer.where());
      case 1 ->
          ("SELECT l_id, %s FROM l WHERE l_id >"
                  + " (SELECT count(%s) FROM r WHERE r_id %% 50 = l_id %% 50)")
              .formatted(outputs, inner.any());
      case 2 -> {
        SqlKind kind = SqlKind.any(random);
        yield "SELECT l_id, %s FROM l WHERE %s %sIN (SELECT %s FROM r%s)%s"
            .formatted(outputs, outer.of(kind), not(), inner.of(kind), inner.where(), or(outer));
      }
      default ->
          "SELECT l_id, %s FROM l WHERE %sEXISTS (SELECT 1 FROM r WHERE %s)%s"
              .formatted(outputs, not(), condition(), or(outer));
    };
  }

  private String not() {
    return random.nextBoolean() ? "" : "NOT ";
  }

  private String or(RandomClauses outer) {
    return random.nextBoolean() ? "" : " OR " + outer.of(SqlKind.BOOLEAN);
  }
}
