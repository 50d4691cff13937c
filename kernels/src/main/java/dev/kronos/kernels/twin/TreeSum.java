// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/** Sums in the fixed order of {@code reduce/sum}. */
public final class TreeSum {

  /** Elements that one pass turns into one. */
  public static final int TILE_ELEMENTS = 4096;

  private static final int LANES = 256;

  private TreeSum() {}

  /**
   * Sums doubles.
   *
   * @param values any doubles
   * @return the sum, 0.0 of none
   */
  public static double of(double... values) {
    double[] level = pass(values);
    while (level.length > 1) {
      level = pass(level);
    }
    return level[0];
  }

  /**
   * Does one pass.
   *
   * @param values any doubles
   * @return one sum for each tile, at least one
   */
  public static double[] pass(double... values) {
    int tiles = Math.max(1, (values.length + TILE_ELEMENTS - 1) / TILE_ELEMENTS);
    double[] sums = new double[tiles];
    for (int tile = 0; tile < tiles; tile++) {
      sums[tile] = tile(values, tile * TILE_ELEMENTS);
    }
    return sums;
  }

  private static double tile(double[] values, int from) {
    int to = Math.min(values.length, from + TILE_ELEMENTS);
    double[] lanes = new double[LANES];
    for (int i = from; i < to; i++) {
      lanes[(i - from) % LANES] += values[i];
    }
    for (int reach = LANES / 2; reach > 0; reach /= 2) {
      for (int lane = 0; lane < reach; lane++) {
        lanes[lane] += lanes[lane + reach];
      }
    }
    return lanes[0];
  }
}
