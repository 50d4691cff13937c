// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import java.util.List;

/**
 * C = A * B over square float32 matrices. Rows of the result are compared bit by bit with the twin
 * up to a number of multiplications, evenly spread; every element is then checked by Freivalds'
 * method, C * r = A * (B * r) for a random vector r of signs, in double precision. The bound is
 * what roundings add up to when they fall either way, with a wide margin; one wrong element exceeds
 * it.
 */
final class MatrixProduct implements Problem {

  private static final long EXACT_PRODUCTS = 1L << 28;
  private static final int LARGE_SIDE = 1024;
  private static final int LARGE_TILE = 128;
  private static final int SMALL_TILE = 64;

  private final int side;
  private final float[] a;
  private final float[] b;
  private ExactRows rows;

  MatrixProduct(long sizeBytes) {
    side = (int) Math.sqrt(sizeBytes / (double) Float.BYTES);
    a = Numbers.floats(5, side * side);
    b = Numbers.floats(6, side * side);
  }

  @Override
  public List<Array> arrays() {
    long sizeBytes = (long) side * side * Float.BYTES;
    return List.of(
        new Array("a", sizeBytes, () -> Numbers.bytes(a)),
        new Array("b", sizeBytes, () -> Numbers.bytes(b)),
        Array.scratch("c", sizeBytes));
  }

  @Override
  public List<Step> steps() {
    boolean large = side >= LARGE_SIDE;
    int tiles = Step.workgroups(side, large ? LARGE_TILE : SMALL_TILE);
    return List.of(
        new Step(
            large ? "blas/gemm_float32" : "blas/gemm_float32_small",
            List.of(Operand.reads(0), Operand.reads(1), Operand.writes(2)),
            Step.scalars(List.of(1f, 0f), List.of(side, side, side)),
            1,
            tiles * tiles));
  }

  @Override
  public int result() {
    return 2;
  }

  @Override
  public double work() {
    return 2.0 * side * side * side;
  }

  @Override
  public Unit unit() {
    return Unit.FLOPS;
  }

  @Override
  public void check(byte[] bytes, int times) {
    if (rows == null) {
      rows = new ExactRows(side, a, b, EXACT_PRODUCTS);
    }
    float[] c = Numbers.floats(bytes);
    rows.check(c);
    checkAll(c);
  }

  private void checkAll(float[] c) {
    double[] r = Freivalds.signs(side);
    double[] expected = Freivalds.times(i -> a[i], Freivalds.times(i -> b[i], r));
    double[] found = Freivalds.times(i -> c[i], r);
    double bound = 0x1p-21 * Math.pow(side, 1.5);
    for (int i = 0; i < side; i++) {
      // Written so that a NaN fails.
      if (!(Math.abs(expected[i] - found[i]) <= bound)) {
        throw new WrongResult(
            "wrong product: row=%d, expected=%s, found=%s, bound=%s"
                .formatted(i, expected[i], found[i], bound));
      }
    }
  }
}
