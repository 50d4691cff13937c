// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/** Computes what the {@code blas} kernels do. */
public final class Vectors {

  private Vectors() {}

  /**
   * Computes a * x + y with two roundings.
   *
   * @param a the factor
   * @param x as long as y
   * @param y the addend
   * @return the result
   */
  public static float[] saxpy(float a, float[] x, float[] y) {
    float[] result = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      result[i] = a * x[i] + y[i];
    }
    return result;
  }
}
