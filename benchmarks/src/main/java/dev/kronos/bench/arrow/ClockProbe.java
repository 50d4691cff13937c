// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.bench.work.WrongResult;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/**
 * Times a chain of multiplications and additions, each of which waits for the one before. Only the
 * clock of the units decides how long that takes, which Vulkan does not tell. For one thread.
 */
final class ClockProbe implements AutoCloseable {
  /** Below what lavapipe allows an invocation, and some 0.5 ms on an H200 at 2 GHz. */
  private static final int STEPS = 200_000;

  private static final int STEPS_A_TURN = 4;
  private static final int FACTOR = 1_664_525;
  private static final int ADDEND = 1_013_904_223;

  private static final ShaderSource SOURCE =
      ShaderSource.of(
          "bench/clock",
          """
          #version 460
          #include "abi.glsl"
          layout(buffer_reference, std430, buffer_reference_align = 4) buffer Word { uint v; };
          layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer Table {
            Word word;
            uint factor;
            uint addend;
          };
          void main() {
            Table a = Table(root.args);
            if (kronos_thread() == 0u) {
              uint x = a.word.v;
              for (uint i = 0u; i < root.count; i++) {
                x = x * a.factor + a.addend;
                x = x * a.factor + a.addend;
                x = x * a.factor + a.addend;
                x = x * a.factor + a.addend;
              }
              a.word.v = x;
            }
          }
          """);

  private final Kernel kernel;
  private final Stream stream;
  private final DeviceBuffer word;
  private final DeviceBuffer host;
  private double least = Double.MAX_VALUE;

  ClockProbe(Kronos kronos) {
    kernel = kronos.kernels().compile(SOURCE);
    stream = kronos.newStream();
    word = kronos.memory().allocate(Pool.DEVICE, Integer.BYTES);
    host = kronos.memory().allocate(Pool.READBACK, Integer.BYTES);
  }

  /**
   * Returns the device time of the chain in nanoseconds.
   *
   * @throws WrongResult when its end is wrong
   */
  double nanos() {
    stream.fill(word, 0, Integer.BYTES, 1).submit().await();
    double before = stream.counters().deviceNanos();
    Arguments table = Arguments.builder().putAddress(word).putInt(FACTOR).putInt(ADDEND);
    List<Access> accesses = List.of(Access.updates(word));
    int turns = STEPS / STEPS_A_TURN;
    stream.dispatch(new Dispatch(kernel, table, accesses, 1, turns, 0, null)).submit().await();
    double nanos = stream.counters().deviceNanos() - before;
    check();
    least = Math.min(least, nanos);
    return nanos;
  }

  /** Returns the least time of all chains so far in nanoseconds. */
  double leastNanos() {
    return least;
  }

  private void check() {
    stream.copy(word, 0, host, 0, Integer.BYTES).submit().await();
    int expected = 1;
    for (int i = 0; i < STEPS; i++) {
      expected = expected * FACTOR + ADDEND;
    }
    int found = HostMemory.intAt(host.hostAddress());
    if (found != expected) {
      throw new WrongResult("wrong result: workload=clock, expected=" + expected);
    }
  }

  @Override
  public void close() {
    host.close();
    word.close();
    stream.close();
  }
}
