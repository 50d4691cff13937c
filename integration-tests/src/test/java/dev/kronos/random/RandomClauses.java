// SPDX-License-Identifier: Apache-2.0
package dev.kronos.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Writes random parts of queries over given columns. */
final class RandomClauses {
  private final Random random;
  private final RandomExpression expressions;

  RandomClauses(Random random, List<RandomTable.Column> columns) {
    this.random = random;
    this.expressions = new RandomExpression(random, columns);
  }

  Random random() {
    return random;
  }

  /** Writes an expression of a type. */
  String of(SqlKind kind) {
    return expressions.of(kind);
  }

  /** Writes an expression of any type. */
  String any() {
    return of(SqlKind.any(random));
  }

  /** Writes a key: equal zeros of either sign are one, of which either may be shown. */
  String key() {
    SqlKind kind = SqlKind.any(random);
    return of(isKey(kind) ? kind : SqlKind.INT);
  }

  /** Writes a condition for {@code WHERE}, or nothing. */
  String where() {
    return random.nextInt(3) == 0 ? "" : " WHERE " + of(SqlKind.BOOLEAN);
  }

  /** Writes one to four named outputs of any types. */
  String outputs() {
    return named(kinds());
  }

  /** Writes an output a type. */
  String named(List<SqlKind> kinds) {
    List<String> outputs = new ArrayList<>();
    for (SqlKind kind : kinds) {
      outputs.add(of(kind) + " AS c" + outputs.size());
    }
    return String.join(", ", outputs);
  }

  /** Returns one to four types. */
  List<SqlKind> kinds() {
    return Stream.generate(() -> SqlKind.any(random)).limit(1 + random.nextInt(4)).toList();
  }

  /** Writes a count and one to four other aggregates. */
  List<String> aggregates() {
    List<String> aggregates = new ArrayList<>(List.of("count(*)"));
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      aggregates.add(aggregate(SqlKind.any(random)));
    }
    return aggregates;
  }

  /**
   * Writes an aggregate whose value the order of rows cannot change: sums of floating point numbers
   * are of such as do not cancel each other, so that only their last digits may differ. Of equal
   * values Spark's variances are next to 0 and the device's are 0.
   */
  private String aggregate(SqlKind kind) {
    String operand = of(kind);
    return switch (random.nextInt(kind.isExact() ? 10 : 8)) {
      case 0 -> "count(" + operand + ")";
      case 1 -> "min(" + positiveZero(kind, operand) + ")";
      case 2 -> "max(" + positiveZero(kind, operand) + ")";
      case 3 -> "count(DISTINCT " + operand + ")";
      case 4 -> "sum(abs(cast(" + of(SqlKind.INT) + " AS double)) / 7)";
      case 5 -> "avg(abs(cast(" + of(SqlKind.SHORT) + " AS float)) / 4)";
      case 6 -> "round(stddev(cast(" + of(SqlKind.BYTE) + " AS double)), 8)";
      case 7 -> "round(var_pop(cast(" + of(SqlKind.BYTE) + " AS double)), 8)";
      case 8 -> "sum(" + operand + ")";
      default -> "avg(cast(" + operand + " AS decimal(25,4)))";
    };
  }

  /** Makes zeros alike, of which either may be the least and the greatest. */
  static String positiveZero(SqlKind kind, String operand) {
    return isKey(kind) ? operand : "(" + operand + " + 0.0)";
  }

  static boolean isKey(SqlKind kind) {
    return kind != SqlKind.FLOAT && kind != SqlKind.DOUBLE;
  }
}
