// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.bench.work.WrongResult;
import dev.kronos.column.BufferSlice;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.operator.scan.LookBackScan;
import java.util.List;

/** Writes running sums of random integers, out of place, by three dispatches or by one. */
final class ScanCell implements ArrowCell {

  /** Names the ways to scan. */
  enum Way {
    /** Reduce, then scan: reads twice. */
    TWO_PASSES,
    /** Look back: reads once; forced, whatever the device's profile says. */
    LOOK_BACK
  }

  private static final int TILE = 2048;

  private final Kronos kronos;
  private final PrefixSum.Width width;
  private final Way way;
  private final int count;
  private final DeviceData data;
  private final DeviceBuffer source;
  private final DeviceBuffer partials;
  private final DeviceBuffer target;

  ScanCell(Kronos kronos, int count, PrefixSum.Width width, Way way) {
    this.kronos = kronos;
    this.way = way;
    this.width = width;
    this.count = count;
    this.data = new DeviceData(kronos);
    try {
      source = data.filled(count, width.sizeBytes(), DeviceData::random);
      partials = data.allocate((count / TILE + 1L) * Long.BYTES);
      target = data.allocate((count + 1L) * width.sizeBytes());
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  @Override
  public long elements() {
    return count;
  }

  @Override
  public double bytes() {
    return 2.0 * count * width.sizeBytes();
  }

  @Override
  public void record(Stream stream) {
    if (way == Way.LOOK_BACK) {
      try (BufferSlice integers = BufferSlice.shared(source, 0, source.sizeBytes())) {
        new LookBackScan(kronos, width)
            .record(stream, integers, target, LookBackScan.Help.OF_OTHERS);
      }
      return;
    }
    String type = width == PrefixSum.Width.INT64 ? "uint64" : "uint32";
    int workgroups = Workgroups.forTiles((count + TILE - 1) / TILE);
    dispatch(stream, "scan/reduce_" + type, workgroups, reads(source), Access.writes(partials));
    dispatch(stream, "scan/spine", 1, Access.updates(partials));
    dispatch(
        stream,
        "scan/tiles_" + type,
        workgroups,
        reads(source),
        Access.reads(partials),
        Access.writes(target));
  }

  private static Access reads(DeviceBuffer buffer) {
    return Access.reads(buffer);
  }

  private void dispatch(Stream stream, String kernel, int workgroups, Access... accesses) {
    Arguments arguments =
        Arguments.builder().putAddress(source).putAddress(partials).putAddress(target).putLong(0);
    stream.dispatch(
        new Dispatch(
            kronos.kernels().named(kernel),
            arguments,
            List.of(accesses),
            workgroups,
            count,
            0,
            null));
  }

  @Override
  public void check() {
    long[] sum = {0};
    data.read(
        target,
        count,
        width.sizeBytes(),
        (place, found) -> {
          long expected = width == PrefixSum.Width.INT64 ? sum[0] : (int) sum[0];
          if (found != expected) {
            throw new WrongResult(
                "wrong result: workload=scan, place=%d, expected=0x%x, found=0x%x"
                    .formatted(place, expected, found));
          }
          sum[0] += DeviceData.random(place);
        });
  }

  @Override
  public void close() {
    data.close();
  }
}
