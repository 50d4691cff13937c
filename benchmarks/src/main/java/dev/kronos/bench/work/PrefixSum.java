// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import dev.kronos.kernels.twin.Scans;
import java.util.Arrays;
import java.util.List;

/** The exclusive prefix sum of uint32: three dispatches, each on what the one before has made. */
final class PrefixSum implements Problem {

  private static final int TILE = 2048;
  private static final int SOURCE = 0;
  private static final int PARTIALS = 1;
  private static final int TARGET = 2;
  private static final int TOTAL = 3;

  private final int count;
  private final int[] values;
  private byte[] expected;

  PrefixSum(long sizeBytes) {
    count = Math.toIntExact(sizeBytes / Integer.BYTES);
    values = Numbers.ints(4, count);
  }

  @Override
  public List<Array> arrays() {
    long sizeBytes = (long) count * Integer.BYTES;
    long tiles = (count + TILE - 1L) / TILE;
    return List.of(
        new Array("source", sizeBytes, () -> Numbers.bytes(values)),
        Array.scratch("partials", tiles * Long.BYTES),
        Array.scratch("target", sizeBytes),
        Array.scratch("total", Long.BYTES));
  }

  @Override
  public List<Step> steps() {
    Operand source = Operand.reads(SOURCE);
    return List.of(
        Step.tiled("scan/reduce_uint32", operands(source, Operand.writes(PARTIALS)), count, TILE),
        Step.tiled(
            "scan/spine",
            List.of(Operand.NONE, Operand.updates(PARTIALS), Operand.NONE, Operand.writes(TOTAL)),
            count,
            count),
        Step.tiled(
            "scan/tiles_uint32",
            operands(source, Operand.reads(PARTIALS), Operand.writes(TARGET)),
            count,
            TILE));
  }

  /** Fills the places that a kernel does not use. */
  private static List<Operand> operands(Operand... used) {
    Operand[] all = Arrays.copyOf(used, TOTAL + 1);
    Arrays.fill(all, used.length, all.length, Operand.NONE);
    return List.of(all);
  }

  @Override
  public int result() {
    return TARGET;
  }

  @Override
  public double work() {
    return 2.0 * count * Integer.BYTES;
  }

  @Override
  public Unit unit() {
    return Unit.BYTES;
  }

  @Override
  public void check(byte[] bytes, int times) {
    if (expected == null) {
      expected = Numbers.bytes(Arrays.copyOf(Scans.exclusive(values), count));
    }
    Numbers.requireEqual("prefix sum", expected, bytes, Integer.BYTES);
  }
}
