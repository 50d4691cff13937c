// SPDX-License-Identifier: Apache-2.0
package dev.kronos.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Holds a table of random columns: {@code id}, which numbers the rows, and others whose types,
 * nulls and skew are random.
 *
 * @param name the table's name
 * @param columns the columns but {@code id}
 * @param rows number of rows, 0 or more
 */
record RandomTable(String name, List<Column> columns, int rows) {

  /**
   * Holds a column.
   *
   * @param name its name, unlike that of any other table's column
   * @param kind its type
   * @param values SQL of the values that occur, null among them or not, frequent ones repeated
   */
  record Column(String name, SqlKind kind, List<String> values) {}

  /** Makes a table of 0 to a few thousand rows. */
  static RandomTable of(String name, Random random) {
    List<Column> columns = columns(name, random);
    int rows = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(random.nextBoolean() ? 40 : 3000);
    return new RandomTable(name, columns, rows);
  }

  /** Makes a table of a few thousand rows. */
  static RandomTable large(String name, Random random) {
    return new RandomTable(name, columns(name, random), 1500 + random.nextInt(2000));
  }

  private static List<Column> columns(String name, Random random) {
    int count = 3 + random.nextInt(5);
    return IntStream.range(0, count)
        .mapToObj(i -> column(name + "_" + i, SqlKind.any(random), random))
        .toList();
  }

  private static Column column(String name, SqlKind kind, Random random) {
    List<String> values = new ArrayList<>();
    int distinct = 1 + random.nextInt(40);
    for (int i = 0; i < distinct; i++) {
      values.add(kind.literal(random));
    }
    if (random.nextInt(3) > 0) {
      values.addAll(Collections.nCopies(1 + random.nextInt(distinct), "null"));
    }
    if (random.nextInt(3) == 0) {
      values.addAll(Collections.nCopies(3 * values.size(), SqlKind.pick(random, values)));
    }
    return new Column(name, kind, values);
  }

  /** Returns the query whose answer is the table; equal seeds give equal tables. */
  String sql(Random random) {
    String cells =
        columns.stream()
            .map(column -> cell(column, 1 + random.nextInt(1000)))
            .collect(Collectors.joining(", "));
    return "SELECT id AS %s_id, %s FROM range(%d)".formatted(name, cells, rows);
  }

  private static String cell(Column column, int salt) {
    String values = String.join(", ", column.values());
    return "element_at(array(%s), cast(1 + pmod(hash(id, %d), %d) AS int)) AS %s"
        .formatted(values, salt, column.values().size(), column.name());
  }
}
