// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Has the parts of Freivalds' check of a product of square matrices: {@code C r = A (B r)} for a
 * vector r of signs, in double precision (R. Freivalds, Probabilistic machines can use less running
 * time, 1977).
 */
public final class Freivalds {
  private Freivalds() {}

  /** Returns a vector of ones and minus ones, the same one each time. */
  public static double[] signs(int side) {
    double[] signs = new double[side];
    Arrays.setAll(signs, i -> i * 0x9E3779B9 >= 0 ? 1 : -1);
    return signs;
  }

  /**
   * Multiplies a matrix by a vector.
   *
   * @param matrix gives the elements by their places, row by row
   * @param vector as many numbers as the matrix has columns, and rows
   */
  public static double[] times(IntToDoubleFunction matrix, double[] vector) {
    int side = vector.length;
    return IntStream.range(0, side)
        .parallel()
        .mapToDouble(
            row -> {
              double sum = 0;
              for (int i = 0; i < side; i++) {
                sum += matrix.applyAsDouble(row * side + i) * vector[i];
              }
              return sum;
            })
        .toArray();
  }
}
