// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.scan;

import dev.kronos.Kronos;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.util.Arrays;

/** Runs scans over words for tests. */
final class DeviceScan {
  private DeviceScan() {}

  /** Runs something over values on the device and reads what it left in the other buffer. */
  static long[] run(Kronos kronos, long[] values, int more, Work work) {
    long sizeBytes = (long) values.length * Long.BYTES;
    try (Stream stream = kronos.newStream();
        DeviceBuffer host = kronos.memory().allocate(Pool.UPLOAD, sizeBytes);
        DeviceBuffer source = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
        DeviceBuffer target =
            kronos.memory().allocate(Pool.DEVICE, sizeBytes + (long) more * Long.BYTES);
        DeviceBuffer back =
            kronos.memory().allocate(Pool.READBACK, sizeBytes + (long) more * Long.BYTES)) {
      for (int i = 0; i < values.length; i++) {
        HostMemory.putLong(host.hostAddress() + (long) i * Long.BYTES, values[i]);
      }
      stream.copy(host, 0, source, 0, sizeBytes);
      work.record(stream, source, target);
      stream.copy(target, 0, back, 0, target.sizeBytes()).submit().await();
      long[] results = new long[values.length + more];
      Arrays.setAll(results, i -> HostMemory.longAt(back.hostAddress() + (long) i * Long.BYTES));
      return results;
    }
  }

  /** Records a scan. */
  interface Work {
    void record(Stream stream, DeviceBuffer source, DeviceBuffer target);
  }

  /** Puts two integers in a word. */
  static long[] pairs(int... values) {
    long[] pairs = new long[values.length / 2];
    Arrays.setAll(
        pairs,
        i -> Integer.toUnsignedLong(values[2 * i]) | ((long) values[2 * i + 1] << Integer.SIZE));
    return pairs;
  }
}
