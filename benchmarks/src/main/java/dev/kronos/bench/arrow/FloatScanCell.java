// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.bench.work.WrongResult;
import dev.kronos.column.BufferSlice;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.scan.LookBackFloats;
import dev.kronos.operator.scan.LookBackScan.Help;
import dev.kronos.operator.scan.RunningScan;
import dev.kronos.operator.scan.RunningScan.Operation;
import dev.kronos.operator.scan.RunningScan.Reach;

/** Writes running sums of floats, out of place, as {@code cumulative_sum} does. */
final class FloatScanCell implements ArrowCell {

  private static final RunningScan.Task SUMS =
      new RunningScan.Task(Operation.SUM_FLOAT32, Reach.INCLUSIVE, 0);

  private final Kronos kronos;
  private final ScanCell.Way way;
  private final int count;
  private final DeviceData data;
  private final DeviceBuffer source;
  private final DeviceBuffer target;

  FloatScanCell(Kronos kronos, int count, ScanCell.Way way) {
    this.kronos = kronos;
    this.way = way;
    this.count = count;
    this.data = new DeviceData(kronos);
    try {
      source = data.filled(count, Float.BYTES, place -> Float.floatToRawIntBits(element(place)));
      target = data.allocate((long) count * Float.BYTES);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** Multiples of 2^-23 from -1 to 1, whose sums are exact in doubles in any order. */
  private static float element(int place) {
    return (DeviceData.random(place) >> 40) * 0x1p-23f;
  }

  @Override
  public long elements() {
    return count;
  }

  @Override
  public double bytes() {
    return 2.0 * count * Float.BYTES;
  }

  @Override
  public void record(Stream stream) {
    try (BufferSlice floats = BufferSlice.shared(source, 0, source.sizeBytes());
        BufferSlice sums = BufferSlice.shared(target, 0, target.sizeBytes())) {
      if (way == ScanCell.Way.LOOK_BACK) {
        new LookBackFloats(kronos).record(stream, Reach.INCLUSIVE, floats, sums, Help.OF_OTHERS);
      } else {
        new RunningScan(kronos).record(stream, SUMS, floats, sums);
      }
    }
  }

  @Override
  public void check() {
    double[] sum = {0};
    data.read(
        target,
        count,
        Float.BYTES,
        (place, found) -> {
          sum[0] += element(place);
          int expected = Float.floatToRawIntBits((float) sum[0]);
          if (found != expected) {
            throw new WrongResult(
                "wrong result: workload=scan of floats, place=%d, expected=0x%x, found=0x%x"
                    .formatted(place, expected, (int) found));
          }
        });
  }

  @Override
  public void close() {
    data.close();
  }
}
