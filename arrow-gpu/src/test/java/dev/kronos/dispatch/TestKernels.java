// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.Kronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;
import java.util.Map;

/** Holds small kernels over arrays of unsigned 32-bit integers, for tests of the runtime. */
public final class TestKernels {

  /** target[i] = source[i] * factor + target[i]. */
  public static final ShaderSource MULTIPLY_ADD =
      new ShaderSource(
          "test/multiply_add", source("a.target.v[i] += a.source.v[i] * a.factor;"), Map.of());

  /** target[i] = source[i] + factor. */
  public static final ShaderSource ADD =
      new ShaderSource("test/add", source("a.target.v[i] = a.source.v[i] + a.factor;"), Map.of());

  /** target[i] = sum of the extra table's words, for large argument tables. */
  public static final ShaderSource SUM_OF_TABLE =
      new ShaderSource(
          "test/sum_of_table",
          source(
              "uint s = 0; for (uint k = 0; k < a.factor; k++) s += a.extra[k];"
                  + " a.target.v[i] = s + i;"),
          Map.of());

  /** Reads powers of ten through set 0: target[2 i] and target[2 i + 1] are halves of 10^i. */
  public static final ShaderSource POWERS = new ShaderSource("test/powers", powers(), Map.of());

  private TestKernels() {}

  private static String source(String statement) {
    return """
        #version 460
        #include "abi.glsl"
        layout(buffer_reference, std430, buffer_reference_align = 4) buffer Words { uint v[]; };
        layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer Table {
          Words source;
          Words target;
          uint factor;
          uint extra[];
        };
        void main() {
          Table a = Table(root.args);
          for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
            %s
          }
        }
        """
        .formatted(statement);
  }

  private static String powers() {
    return """
        #version 460
        #include "abi.glsl"
        layout(set = 0, binding = 1, std430) readonly buffer Constants { uint64_t power[]; };
        layout(buffer_reference, std430, buffer_reference_align = 8) buffer Longs { uint64_t v[]; };
        layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer Table {
          Longs target;
        };
        void main() {
          uint i = kronos_thread();
          if (i < root.count) { Table(root.args).target.v[i] = power[i]; }
        }
        """;
  }

  /** Describes target = source + factor. */
  public static Dispatch add(Kernel add, DeviceBuffer source, DeviceBuffer target, int factor) {
    Arguments arguments = Arguments.builder().putAddress(source).putAddress(target).putInt(factor);
    List<Access> accesses = List.of(Access.reads(source), Access.writes(target));
    return Dispatch.over(add, arguments, accesses, (int) (target.sizeBytes() / Integer.BYTES));
  }

  /** Describes target = target + source * factor. */
  public static Dispatch multiplyAdd(
      Kernel kernel, DeviceBuffer source, DeviceBuffer target, int factor) {
    Arguments arguments = Arguments.builder().putAddress(source).putAddress(target).putInt(factor);
    List<Access> accesses = List.of(Access.reads(source), Access.updates(target));
    return Dispatch.over(kernel, arguments, accesses, (int) (target.sizeBytes() / Integer.BYTES));
  }

  /** Reads a buffer back through a stream of its own. */
  public static int[] read(Kronos kronos, DeviceBuffer buffer) {
    int[] values = new int[(int) (buffer.sizeBytes() / Integer.BYTES)];
    try (DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, buffer.sizeBytes());
        Stream stream = kronos.newStream()) {
      stream.copy(buffer, 0, host, 0, buffer.sizeBytes()).submit().await();
      for (int i = 0; i < values.length; i++) {
        values[i] = HostMemory.intAt(host.hostAddress() + (long) i * Integer.BYTES);
      }
    }
    return values;
  }
}
