// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.memory.DeviceBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares packed matrices with a loop: strides, padding, several matrices, each width. */
class PackKernelTest {

  private static final int MATRICES = 3;
  private static final int ROWS = 37;
  private static final int COLUMNS = 50;
  private static final int TARGET_ROWS = 64;
  private static final int TARGET_COLUMNS = 66;

  /** Strides of matrices, rows and columns. */
  private record Strides(int matrix, int row, int column) {
    int of(int matrixIndex, int i, int j) {
      return matrixIndex * matrix + i * row + j * column;
    }
  }

  private static final List<Strides> STRIDES =
      List.of(
          new Strides(ROWS * COLUMNS, COLUMNS, 1),
          new Strides(ROWS * COLUMNS, 1, ROWS),
          new Strides(0, 60, 1),
          new Strides(7, 100, 2));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void wordsArePadded(int workgroups) {
    for (Strides strides : STRIDES) {
      int[] source = new Random(1).ints(8000).toArray();
      try (DeviceArrays arrays = new DeviceArrays()) {
        DeviceBuffer target = arrays.of(new int[MATRICES * TARGET_ROWS * TARGET_COLUMNS]);
        run(arrays, arrays.of(source), target, new Packing("blas/pack_32", strides, workgroups));
        int[] found = arrays.ints(target);
        for (int place = 0; place < found.length; place++) {
          assertThat(found[place])
              .as("%s, %s", strides, place)
              .isEqualTo(at(source, strides, place));
        }
      }
    }
  }

  /** Two halves a word: an array of words is read as one of twice as many halves. */
  @Test
  void halvesArePadded() {
    int[] words = new Random(2).ints(4000).toArray();
    int[] halves = new int[2 * words.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = (words[i / 2] >>> (i % 2 * 16)) & 0xFFFF;
    }
    for (Strides strides : STRIDES) {
      try (DeviceArrays arrays = new DeviceArrays()) {
        DeviceBuffer target = arrays.of(new int[MATRICES * TARGET_ROWS * TARGET_COLUMNS / 2]);
        run(arrays, arrays.of(words), target, new Packing("blas/pack_16", strides, 5));
        int[] found = arrays.ints(target);
        for (int place = 0; place < 2 * found.length; place++) {
          int half = (found[place / 2] >>> (place % 2 * 16)) & 0xFFFF;
          assertThat(half).as("%s, %s", strides, place).isEqualTo(at(halves, strides, place));
        }
      }
    }
  }

  private static int at(int[] source, Strides strides, int place) {
    int i = place / TARGET_COLUMNS % TARGET_ROWS;
    int j = place % TARGET_COLUMNS;
    boolean inside = i < ROWS && j < COLUMNS;
    return inside ? source[strides.of(place / (TARGET_ROWS * TARGET_COLUMNS), i, j)] : 0;
  }

  private record Packing(String kernel, Strides strides, int workgroups) {}

  private static void run(
      DeviceArrays arrays, DeviceBuffer source, DeviceBuffer target, Packing packing) {
    Strides strides = packing.strides();
    Arguments arguments =
        Arguments.builder()
            .putAddress(source)
            .putAddress(target)
            .putInt(strides.matrix())
            .putInt(strides.row())
            .putInt(strides.column())
            .putInt(ROWS)
            .putInt(COLUMNS)
            .putInt(TARGET_ROWS)
            .putInt(TARGET_COLUMNS);
    List<Access> accesses = List.of(Access.reads(source), Access.writes(target));
    DeviceArrays.Run run = DeviceArrays.Run.of(packing.workgroups(), MATRICES);
    arrays.run(packing.kernel(), arguments, accesses, run);
  }
}
