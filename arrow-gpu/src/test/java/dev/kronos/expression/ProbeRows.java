// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes rows for a group of columns: all pairs of edge values, then random rows. */
final class ProbeRows {
  private static final int RANDOM_ROWS = 500;
  private static final int MAX_EDGE_ROWS = 2_000;

  private ProbeRows() {}

  static List<Object[]> of(List<ColumnLayout> inputs, long seed) {
    Random random = new Random(seed);
    List<Object[]> rows = new ArrayList<>(edges(inputs, random));
    for (int i = 0; i < RANDOM_ROWS; i++) {
      Object[] row = new Object[inputs.size()];
      for (int c = 0; c < row.length; c++) {
        row[c] = value(inputs.get(c), random);
      }
      rows.add(row);
    }
    return rows;
  }

  private static Object value(ColumnLayout layout, Random random) {
    List<Object> edges = edges(layout);
    return switch (random.nextInt(4)) {
      case 0 -> edges.get(random.nextInt(edges.size()));
      default -> EdgeValues.random(layout.type(), random);
    };
  }

  private static List<Object> edges(ColumnLayout layout) {
    List<Object> edges = EdgeValues.of(layout.type());
    return layout.nullable() ? edges : edges.subList(1, edges.size());
  }

  /** Returns all combinations of edges, or a sample where there are too many. */
  private static List<Object[]> edges(List<ColumnLayout> inputs, Random random) {
    List<Object[]> rows = new ArrayList<>();
    rows.add(new Object[inputs.size()]);
    for (int c = 0; c < inputs.size(); c++) {
      List<Object[]> longer = new ArrayList<>();
      for (Object[] row : rows) {
        for (Object edge : edges(inputs.get(c))) {
          Object[] extended = row.clone();
          extended[c] = edge;
          longer.add(extended);
        }
      }
      rows = sample(longer, random);
    }
    return rows;
  }

  private static List<Object[]> sample(List<Object[]> rows, Random random) {
    List<Object[]> sample = new ArrayList<>(rows);
    while (sample.size() > MAX_EDGE_ROWS) {
      int drop = random.nextInt(sample.size());
      sample.set(drop, sample.get(sample.size() - 1));
      sample.remove(sample.size() - 1);
    }
    return sample;
  }
}
