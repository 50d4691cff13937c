// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

/** Decides how many workgroups a kernel with a loop over rows gets. */
public final class Workgroups {
  /** Invocations of a workgroup; what {@code abi.glsl} takes by default. */
  public static final int SIZE = 256;

  /** Enough to fill the largest devices twice; more only costs reductions. */
  private static final int MOST = 2048;

  private Workgroups() {}

  /** Returns the workgroups for a number of rows: 1 or more unless there are no rows. */
  public static int forRows(long rows) {
    return (int) Math.min((rows + SIZE - 1) / SIZE, MOST);
  }
}
