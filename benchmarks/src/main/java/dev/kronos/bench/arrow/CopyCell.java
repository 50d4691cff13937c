// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.bench.work.WrongResult;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;

/** Copies random longs on the device: what reading and writing takes at least. */
final class CopyCell implements ArrowCell {

  private final int count;
  private final DeviceData data;
  private final DeviceBuffer source;
  private final DeviceBuffer target;

  CopyCell(Kronos kronos, int count) {
    this.count = count;
    this.data = new DeviceData(kronos);
    try {
      source = data.filled(count, Long.BYTES, DeviceData::random);
      target = data.filled(count, Long.BYTES, place -> 0);
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
    return 2.0 * count * Long.BYTES;
  }

  @Override
  public void record(Stream stream) {
    stream.copy(source, 0, target, 0, (long) count * Long.BYTES);
  }

  @Override
  public void check() {
    data.read(
        target,
        count,
        Long.BYTES,
        (place, found) -> {
          if (found != DeviceData.random(place)) {
            throw new WrongResult("wrong result: workload=copy, place=" + place);
          }
        });
  }

  @Override
  public void close() {
    data.close();
  }
}
