// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import dev.kronos.kernels.twin.TreeSum;
import java.util.ArrayList;
import java.util.List;

/** The sum of float32 in double precision: one dispatch a level of the tree of tiles. */
final class Reduction implements Problem {

  private final int count;
  private final float[] values;
  private final List<Array> arrays = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private byte[] expected;

  Reduction(long sizeBytes) {
    count = Math.toIntExact(sizeBytes / Float.BYTES);
    values = Numbers.floats(3, count);
    arrays.add(new Array("source", (long) count * Float.BYTES, () -> Numbers.bytes(values)));
    int left = count;
    do {
      left = addLevel(left);
    } while (left > 1);
  }

  private int addLevel(int elements) {
    int source = arrays.size() - 1;
    int tiles = (elements + TreeSum.TILE_ELEMENTS - 1) / TreeSum.TILE_ELEMENTS;
    arrays.add(Array.scratch("sums", (long) tiles * Double.BYTES));
    steps.add(
        Step.tiled(
            source == 0 ? "reduce/sum_float32" : "reduce/sum_float64",
            List.of(Operand.reads(source), Operand.writes(source + 1)),
            elements,
            TreeSum.TILE_ELEMENTS));
    return tiles;
  }

  @Override
  public List<Array> arrays() {
    return arrays;
  }

  @Override
  public List<Step> steps() {
    return steps;
  }

  @Override
  public int result() {
    return arrays.size() - 1;
  }

  @Override
  public double work() {
    return (double) count * Float.BYTES;
  }

  @Override
  public Unit unit() {
    return Unit.BYTES;
  }

  @Override
  public void check(byte[] bytes, int times) {
    if (expected == null) {
      expected = Numbers.bytes(TreeSum.of(values));
    }
    Numbers.requireEqual("reduction", expected, bytes, Double.BYTES);
  }
}
