// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/**
 * Computes {@code alpha * A * B + beta * C} of row-major matrices in the order of {@code
 * blas/gemm}. Equal to the kernel in every bit, but for the sign of zeros and for subnormal numbers
 * where a device flushes them.
 *
 * @param m rows of A and C
 * @param n columns of B and C
 * @param k columns of A and rows of B
 * @param product how the device rounds {@code fma}
 */
public record Gemm(int m, int n, int k, Product product) {

  /** Says what a device's {@code fma(a, b, c)} is. */
  public enum Product {
    /** One rounding, as IEEE 754 has it. */
    EXACT,
    /** The product is rounded, then the sum. */
    ROUNDED
  }

  /**
   * Multiplies floats.
   *
   * @param alpha factor of the product
   * @param a m * k elements
   * @param b k * n elements
   * @param beta factor of C; C is not read if it is 0
   * @param c m * n elements, not changed
   * @return m * n elements
   */
  public float[] of(float alpha, float[] a, float[] b, float beta, float[] c) {
    float[] result = new float[m * n];
    for (int i = 0; i < result.length; i++) {
      float sum = 0;
      for (int p = 0; p < (alpha == 0 ? 0 : k); p++) {
        sum = fma(a[i / n * k + p], b[p * n + i % n], sum);
      }
      result[i] = beta == 0 ? alpha * sum : fma(alpha, sum, beta * c[i]);
    }
    return result;
  }

  /**
   * Multiplies doubles.
   *
   * @param alpha factor of the product
   * @param a m * k elements
   * @param b k * n elements
   * @param beta factor of C; C is not read if it is 0
   * @param c m * n elements, not changed
   * @return m * n elements
   */
  public double[] of(double alpha, double[] a, double[] b, double beta, double[] c) {
    double[] result = new double[m * n];
    for (int i = 0; i < result.length; i++) {
      double sum = 0;
      for (int p = 0; p < (alpha == 0 ? 0 : k); p++) {
        sum = fma(a[i / n * k + p], b[p * n + i % n], sum);
      }
      result[i] = beta == 0 ? alpha * sum : fma(alpha, sum, beta * c[i]);
    }
    return result;
  }

  private float fma(float a, float b, float c) {
    return product == Product.EXACT ? Math.fma(a, b, c) : a * b + c;
  }

  private double fma(double a, double b, double c) {
    return product == Product.EXACT ? Math.fma(a, b, c) : a * b + c;
  }
}
