// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

/** Decides how many workgroups a kernel with a loop over rows or tiles gets. */
public final class Workgroups {
  /** Invocations of a workgroup; what {@code abi.glsl} takes by default. */
  public static final int SIZE = 256;

  /** Enough to fill the largest devices twice; more only costs reductions. */
  private static final int MOST = 2048;

  /** What every device can dispatch; above, each workgroup takes several tiles. */
  private static final int MOST_TILES = 65_535;

  private Workgroups() {}

  /** Returns the workgroups for a number of rows: 1 or more unless there are no rows. */
  public static int forRows(long rows) {
    return (int) Math.min((rows + SIZE - 1) / SIZE, MOST);
  }

  /** Returns the workgroups for a number of tiles that are best taken by one each. */
  public static int forTiles(long tiles) {
    return (int) Math.min(tiles, MOST_TILES);
  }
}
