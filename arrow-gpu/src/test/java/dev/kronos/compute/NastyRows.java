// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.EdgeValues;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.TestedTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/** Draws columns at which kernels go wrong: sizes, nulls, slices and values. */
final class NastyRows {
  /** Around words, workgroups and tiles. */
  static final int[] SIZES = {0, 1, 2, 31, 32, 33, 255, 256, 257, 1023, 1024, 1025, 4097};

  /** Where slices begin: at a bit, a byte, and at a byte that no kernel could load from. */
  static final int[] OFFSETS = {0, 1, 8, 13};

  /** Says which values are null. */
  enum Nulls {
    NONE,
    SOME,
    ALL
  }

  /** One type of each kind, and decimals of each width. */
  static final List<DataType> TYPES =
      TestedTypes.of(
          Stream.concat(
                  Layouts.TYPES.stream(),
                  Stream.of(
                      DataType.UINT8,
                      DataType.UINT16,
                      DataType.UINT32,
                      DataType.UINT64,
                      DataType.FLOAT16,
                      DataType.TIME_MILLIS,
                      DataType.TIME_NANOS,
                      DataType.duration(6),
                      DataType.BINARY))
              .toList());

  private NastyRows() {}

  /**
   * Returns rows of several columns. In so many rows as there are pairs of edge values, the first
   * two columns go through all pairs; behind that, values are random.
   */
  static List<List<Object>> columns(List<DataType> types, int rows, Nulls nulls, long seed) {
    List<List<Object>> columns = new ArrayList<>();
    Random random = new Random(seed);
    int stride = 1;
    for (DataType type : types) {
      List<Object> edges = EdgeValues.of(type);
      if (nulls == Nulls.NONE) {
        edges = edges.stream().filter(Objects::nonNull).toList();
      }
      columns.add(
          nulls == Nulls.ALL
              ? Collections.nCopies(rows, null)
              : column(type, edges, stride, rows, random));
      stride *= edges.size();
    }
    return columns;
  }

  private static List<Object> column(
      DataType type, List<Object> edges, int stride, int rows, Random random) {
    List<Object> values = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      boolean edge = row < 2000 || random.nextInt(4) == 0;
      values.add(edge ? edges.get(row / stride % edges.size()) : EdgeValues.random(type, random));
    }
    return values;
  }
}
