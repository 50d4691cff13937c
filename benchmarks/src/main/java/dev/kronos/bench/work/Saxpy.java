// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import dev.kronos.kernels.twin.Vectors;
import java.util.List;

/**
 * y = a * x + y over float32: one dispatch, in place, so each further run goes on from the last.
 */
final class Saxpy implements Problem {

  private static final float A = 0.1875f;
  private static final int ELEMENTS_PER_WORKGROUP = 4096;

  private final int count;
  private final float[] x;
  private final float[] y;

  /** What was computed last: {@code expectedTimes} runs on from y. */
  private float[] expected;

  private int expectedTimes;

  Saxpy(long sizeBytes) {
    count = Math.toIntExact(sizeBytes / Float.BYTES);
    x = Numbers.floats(1, count);
    y = Numbers.floats(2, count);
    expected = y;
  }

  @Override
  public List<Array> arrays() {
    long sizeBytes = (long) count * Float.BYTES;
    return List.of(
        new Array("x", sizeBytes, () -> Numbers.bytes(x)),
        new Array("y", sizeBytes, () -> Numbers.bytes(y)));
  }

  @Override
  public List<Step> steps() {
    return List.of(
        new Step(
            "blas/saxpy",
            List.of(Operand.reads(0), Operand.updates(1)),
            Step.scalars(List.of(A), List.of()),
            count,
            Step.workgroups(count, ELEMENTS_PER_WORKGROUP)));
  }

  @Override
  public int result() {
    return 1;
  }

  @Override
  public double work() {
    return 3.0 * count * Float.BYTES;
  }

  @Override
  public Unit unit() {
    return Unit.BYTES;
  }

  @Override
  public void check(byte[] bytes, int times) {
    if (times < expectedTimes) {
      expected = y;
      expectedTimes = 0;
    }
    for (; expectedTimes < times; expectedTimes++) {
      expected = Vectors.saxpy(A, x, expected);
    }
    Numbers.requireEqual("saxpy", Numbers.bytes(expected), bytes, Float.BYTES);
  }
}
