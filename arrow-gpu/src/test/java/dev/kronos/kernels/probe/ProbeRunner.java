// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.Kronos;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.util.List;

/** Runs probes on the device, as the kernels of the runtime. */
final class ProbeRunner {

  private final Kronos kronos;

  /** Makes a runner; the device stays the caller's. */
  ProbeRunner(Kronos kronos) {
    this.kronos = kronos;
  }

  /**
   * Runs a probe.
   *
   * @param inputs the words of all cases, one case behind the other
   * @param count how many cases
   * @return the words of all results
   */
  long[] run(Probe probe, long[] inputs, int count) {
    Kernel kernel = kronos.kernels().compile(probe.source());
    MemoryPools pools = kronos.memory();
    long inputBytes = (long) inputs.length * Long.BYTES;
    long outputBytes = (long) count * probe.outputWords() * Long.BYTES;
    try (DeviceBuffer upload = pools.allocate(Pool.UPLOAD, inputBytes);
        DeviceBuffer in = pools.allocate(Pool.DEVICE, inputBytes);
        DeviceBuffer out = pools.allocate(Pool.DEVICE, outputBytes);
        DeviceBuffer back = pools.allocate(Pool.READBACK, outputBytes);
        Stream stream = kronos.newStream()) {
      write(inputs, upload);
      Arguments arguments = Arguments.builder().putAddress(in).putAddress(out);
      List<Access> accesses = List.of(Access.reads(in), Access.updates(out));
      stream
          .copy(upload, 0, in, 0, inputBytes)
          .fill(out, 0, outputBytes, 0)
          .dispatch(Dispatch.over(kernel, arguments, accesses, count))
          .copy(out, 0, back, 0, outputBytes)
          .submit()
          .await();
      return read(back, count * probe.outputWords());
    }
  }

  private static void write(long[] words, DeviceBuffer target) {
    for (int i = 0; i < words.length; i++) {
      HostMemory.putLong(target.hostAddress() + (long) i * Long.BYTES, words[i]);
    }
  }

  private static long[] read(DeviceBuffer source, int count) {
    long[] words = new long[count];
    for (int i = 0; i < count; i++) {
      words[i] = HostMemory.longAt(source.hostAddress() + (long) i * Long.BYTES);
    }
    return words;
  }
}
