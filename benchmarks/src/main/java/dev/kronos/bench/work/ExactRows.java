// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import dev.kronos.kernels.twin.Gemm;
import dev.kronos.kernels.twin.Gemm.Product;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Holds rows of a product of square matrices as the twin computes them, evenly spread over the
 * matrix: all of a small one. A device may round {@code fma} in one of two ways, but in one only.
 */
final class ExactRows {

  private final int side;
  private final int[] rows;
  private final Map<Product, byte[][]> expected = new EnumMap<>(Product.class);

  /** Computes the rows of {@code a * b} that at most {@code products} multiplications give. */
  ExactRows(int side, float[] a, float[] b, long products) {
    this.side = side;
    int count = (int) Math.max(2, Math.min(side, products / ((long) side * side)));
    rows =
        IntStream.range(0, count).map(i -> (int) ((long) i * (side - 1) / (count - 1))).toArray();
    for (Product product : Product.values()) {
      Gemm twin = new Gemm(1, side, side, product);
      expected.put(
          product,
          Arrays.stream(rows)
              .parallel()
              .mapToObj(row -> Arrays.copyOfRange(a, row * side, (row + 1) * side))
              .map(row -> Numbers.bytes(twin.of(1, row, b, 0, new float[side])))
              .toArray(byte[][]::new));
    }
  }

  /**
   * Compares the rows with a whole product.
   *
   * @throws WrongResult when neither way of rounding gives the product
   */
  void check(float[] c) {
    Product product = matches(Product.EXACT, c, 0) ? Product.EXACT : Product.ROUNDED;
    for (int i = 0; i < rows.length; i++) {
      if (!matches(product, c, i)) {
        Numbers.requireEqual(
            "GEMM, row " + rows[i], expected.get(product)[i], row(c, i), Float.BYTES);
      }
    }
  }

  private boolean matches(Product product, float[] c, int index) {
    return Arrays.equals(expected.get(product)[index], row(c, index));
  }

  private byte[] row(float[] c, int index) {
    return Numbers.bytes(Arrays.copyOfRange(c, rows[index] * side, (rows[index] + 1) * side));
  }
}
