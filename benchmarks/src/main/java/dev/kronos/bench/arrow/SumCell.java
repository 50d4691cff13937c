// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.bench.work.WrongResult;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.kernels.twin.TreeSum;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/** Sums random numbers: one dispatch a level of the tree of tiles. */
final class SumCell implements ArrowCell {

  /** Lists the types that are summed. */
  enum Type {
    /** Longs, whose sum wraps. */
    INT64("int64", "int64", Long.BYTES),
    /** Floats, summed in doubles. */
    FLOAT32("float32", "float64", Float.BYTES);

    private final String first;
    private final String others;
    private final int sizeBytes;

    Type(String first, String others, int sizeBytes) {
      this.first = first;
      this.others = others;
      this.sizeBytes = sizeBytes;
    }

    int sizeBytes() {
      return sizeBytes;
    }

    /** Floats are multiples of 2^-23 from -1 to 1, whose sum is exact in any order. */
    long element(int place) {
      long random = DeviceData.random(place);
      return this == INT64 ? random : Float.floatToRawIntBits((random >> 40) * 0x1p-23f);
    }
  }

  private final Kronos kronos;
  private final Type type;
  private final int count;
  private final DeviceData data;
  private final List<DeviceBuffer> levels = new ArrayList<>();

  SumCell(Kronos kronos, int count, Type type) {
    this.kronos = kronos;
    this.type = type;
    this.count = count;
    this.data = new DeviceData(kronos);
    try {
      levels.add(data.filled(count, type.sizeBytes, type::element));
      for (int left = tiles(count); levels.size() == 1 || left > 1; left = tiles(left)) {
        levels.add(data.allocate((long) left * Long.BYTES));
      }
      if (tiles(count) > 1) {
        levels.add(data.allocate(Long.BYTES));
      }
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static int tiles(int elements) {
    return (elements + TreeSum.TILE_ELEMENTS - 1) / TreeSum.TILE_ELEMENTS;
  }

  @Override
  public long elements() {
    return count;
  }

  @Override
  public double bytes() {
    return (double) count * type.sizeBytes;
  }

  @Override
  public void record(Stream stream) {
    int left = count;
    for (int level = 0; level + 1 < levels.size(); level++) {
      DeviceBuffer source = levels.get(level);
      DeviceBuffer target = levels.get(level + 1);
      String kernel = "reduce/sum_" + (level == 0 ? type.first : type.others);
      stream.dispatch(
          new Dispatch(
              kronos.kernels().named(kernel),
              Arguments.builder().putAddress(source).putAddress(target),
              List.of(Access.reads(source), Access.writes(target)),
              Workgroups.forTiles(tiles(left)),
              left,
              0,
              null));
      left = tiles(left);
    }
  }

  @Override
  public void check() {
    long[] found = {0};
    data.read(levels.get(levels.size() - 1), 1, Long.BYTES, (place, sum) -> found[0] = sum);
    long expected = 0;
    double exact = 0;
    for (int i = 0; i < count; i++) {
      long element = type.element(i);
      expected += element;
      exact += Float.intBitsToFloat((int) element);
    }
    long right = type == Type.INT64 ? expected : Double.doubleToRawLongBits(exact);
    if (found[0] != right) {
      throw new WrongResult(
          "wrong result: workload=sum, expected=0x%x, found=0x%x".formatted(right, found[0]));
    }
  }

  @Override
  public void close() {
    data.close();
  }
}
