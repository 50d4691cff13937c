// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/**
 * Sums in the fixed order of {@code reduce/sum}: a function of the count and the element's size.
 */
public final class TreeSum {

  /** Elements that one pass turns into one. */
  public static final int TILE_ELEMENTS = 16_384;

  private static final int LANES = 256;
  private static final int VECTOR_BYTES = 16;

  private TreeSum() {}

  /**
   * Sums floats in double precision.
   *
   * @param values any floats
   * @return the sum, 0.0 of none
   */
  public static double of(float... values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return of(pass(wide, VECTOR_BYTES / Float.BYTES));
  }

  /**
   * Sums doubles.
   *
   * @param values any doubles
   * @return the sum, 0.0 of none
   */
  public static double of(double... values) {
    double[] level = values;
    do {
      level = pass(level, VECTOR_BYTES / Double.BYTES);
    } while (level.length > 1);
    return level[0];
  }

  /** Does one pass over vectors of {@code width} elements: one sum for each tile, at least one. */
  private static double[] pass(double[] values, int width) {
    int tiles = Math.max(1, (values.length + TILE_ELEMENTS - 1) / TILE_ELEMENTS);
    double[] sums = new double[tiles];
    for (int tile = 0; tile < tiles; tile++) {
      sums[tile] = tile(values, tile * TILE_ELEMENTS, width);
    }
    return sums;
  }

  private static double tile(double[] values, int from, int width) {
    int to = Math.min(values.length, from + TILE_ELEMENTS);
    double[][] lanes = new double[LANES][width];
    for (int i = from; i < to; i++) {
      int place = i - from;
      lanes[place / width % LANES][place % width] += values[i];
    }
    double[] sums = new double[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      sums[lane] = join(lanes[lane]);
    }
    return join(sums);
  }

  /** Joins a power of two of sums in a radix-2 tree. */
  private static double join(double[] sums) {
    for (int reach = sums.length / 2; reach > 0; reach /= 2) {
      for (int i = 0; i < reach; i++) {
        sums[i] += sums[i + reach];
      }
    }
    return sums[0];
  }
}
