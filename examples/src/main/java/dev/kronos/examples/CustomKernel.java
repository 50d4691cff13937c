// SPDX-License-Identifier: Apache-2.0
package dev.kronos.examples;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Recording;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Runs a kernel of one's own: compiles it, records it with its arguments, and replays the
 * recording. What a dispatch reads and writes is declared; the stream puts barriers where that
 * demands them.
 */
public final class CustomKernel {

  private static final int COUNT = 1000;

  /** Follows a logistic map, x = r x (1 - x), by one step for each element. */
  private static final ShaderSource LOGISTIC =
      new ShaderSource(
          "example/logistic",
          """
          #version 460
          #include "abi.glsl"
          layout(buffer_reference, std430, buffer_reference_align = 4) buffer Floats { float v[]; };
          layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer Table {
            Floats x;
            float r;
          };
          void main() {
            Table table = Table(root.args);
            for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
              float x = table.x.v[i];
              table.x.v[i] = table.r * x * (1.0 - x);
            }
          }
          """,
          Map.of());

  private CustomKernel() {}

  /** Runs the example. */
  public static void main(String[] arguments) {
    run(System.out);
  }

  static void run(PrintStream out) {
    long sizeBytes = (long) COUNT * Float.BYTES;
    try (Kronos kronos = Kronos.open(KronosOptions.fromEnvironment());
        DeviceBuffer host = kronos.memory().allocate(Pool.UPLOAD, sizeBytes);
        DeviceBuffer x = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
        DeviceBuffer result = kronos.memory().allocate(Pool.READBACK, sizeBytes);
        Stream stream = kronos.newStream()) {
      for (int i = 0; i < COUNT; i++) {
        HostMemory.putInt(
            host.hostAddress() + 4L * i, Float.floatToRawIntBits((i + 1f) / (COUNT + 1)));
      }
      stream.copy(host, 0, x, 0, sizeBytes).submit();
      Kernel kernel = kronos.kernels().compile(LOGISTIC);
      Arguments table = Arguments.builder().putAddress(x).putFloat(2f);
      stream.dispatch(Dispatch.over(kernel, table, List.of(Access.updates(x)), COUNT));
      try (Recording step = stream.record()) {
        for (int i = 0; i < 30; i++) {
          step.replay();
        }
      }
      stream.copy(x, 0, result, 0, sizeBytes).submit().await();
      float middle =
          Float.intBitsToFloat(HostMemory.intAt(result.hostAddress() + 4L * (COUNT / 2)));
      out.println("after 30 steps: " + middle);
    }
  }
}
