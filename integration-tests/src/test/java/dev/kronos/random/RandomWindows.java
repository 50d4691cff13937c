// SPDX-License-Identifier: Apache-2.0
package dev.kronos.random;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes random queries of window functions. Those whose value depends on the order of equal rows
 * are over an order without any; the others are over ties as well.
 */
final class RandomWindows {
  private static final List<String> OF_TIES = List.of("rank", "dense_rank", "percent_rank");
  private static final List<String> DIRECTIONS = List.of("", " DESC", " NULLS LAST");
  private static final List<String> FRAMES =
      List.of(
          "",
          " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
          " ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING",
          " ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING",
          " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING");

  private final RandomTable table;
  private final RandomClauses clauses;
  private final Random random;

  RandomWindows(RandomTable table, RandomClauses clauses) {
    this.table = table;
    this.clauses = clauses;
    this.random = clauses.random();
  }

  /** Writes a query of one to three functions, over one or two partitionings. */
  String query() {
    List<String> partitionings = Stream.generate(this::partitioning).limit(2).toList();
    String outputs =
        Stream.generate(() -> function(SqlKind.pick(random, partitionings)))
            .limit(1 + random.nextInt(3))
            .collect(Collectors.joining(", "));
    return "SELECT %1$s_id, %2$s FROM %1$s%3$s".formatted(table.name(), outputs, clauses.where());
  }

  private String partitioning() {
    return random.nextInt(4) == 0 ? "" : "PARTITION BY " + clauses.key() + " ";
  }

  private String function(String partitioning) {
    String order = "ORDER BY " + clauses.any() + SqlKind.pick(random, DIRECTIONS);
    String ties = partitioning + order;
    String total = ties + ", " + table.name() + "_id";
    return switch (random.nextInt(6)) {
      case 0 -> "%s() OVER (%s)".formatted(SqlKind.pick(random, OF_TIES), ties);
      case 1 -> "row_number() OVER (%s)".formatted(total);
      case 2 -> "ntile(%d) OVER (%s)".formatted(1 + random.nextInt(5), total);
      case 3 -> "%s(%s, %d) OVER (%s)".formatted(side(), clauses.any(), random.nextInt(4), total);
      case 4 -> "%s OVER (%s%s)".formatted(chosen(), total, SqlKind.pick(random, FRAMES));
      default ->
          // Without a frame of its own, one of ties or of the whole partition.
          random.nextBoolean()
              ? "%s OVER (%s)".formatted(aggregate(), random.nextBoolean() ? ties : partitioning)
              : "%s OVER (%s%s)".formatted(aggregate(), total, SqlKind.pick(random, FRAMES));
    };
  }

  private String side() {
    return random.nextBoolean() ? "lag" : "lead";
  }

  private String chosen() {
    String function = random.nextBoolean() ? "first_value" : "last_value";
    return function + "(" + clauses.any() + (random.nextBoolean() ? ")" : ") IGNORE NULLS");
  }

  private String aggregate() {
    SqlKind kind = SqlKind.any(random);
    String operand = RandomClauses.positiveZero(kind, clauses.of(kind));
    return switch (random.nextInt(6)) {
      case 0 -> "count(" + operand + ")";
      case 1 -> "min(" + operand + ")";
      case 2 -> "max(" + operand + ")";
      case 3 -> "sum(cast(" + clauses.of(SqlKind.INT) + " AS bigint))";
      case 4 -> "sum(cast(" + clauses.of(SqlKind.DECIMAL9) + " AS decimal(12,2)))";
      default -> "avg(" + clauses.of(SqlKind.INT) + ")";
    };
  }
}
