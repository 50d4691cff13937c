// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

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
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;
import java.util.Map;

/** Runs probe kernels on the device. */
final class ProbeDevice {
  private final Kronos kronos;

  ProbeDevice(Kronos kronos) {
    this.kronos = kronos;
  }

  /**
   * What came back.
   *
   * @param memory the arena after the kernel
   * @param base device address at which it lay
   */
  record Result(byte[] memory, long base) {}

  Result run(ProbeKernel probe, ProbeArena arena, int rows) {
    Kernel kernel = kronos.kernels().compile(new ShaderSource("probe", probe.text(), Map.of()));
    MemoryPools pools = kronos.memory();
    int size = (arena.sizeBytes() + 15) / 16 * 16;
    try (DeviceBuffer upload = pools.allocate(Pool.UPLOAD, size);
        DeviceBuffer device = pools.allocate(Pool.DEVICE, size);
        DeviceBuffer back = pools.allocate(Pool.READBACK, size);
        Stream stream = kronos.newStream()) {
      HostMemory.copy(arena.fill(device.deviceAddress()), upload.hostAddress());
      Arguments arguments = Arguments.builder().putAddress(device);
      stream
          .copy(upload, 0, device, 0, size)
          .dispatch(Dispatch.over(kernel, arguments, List.of(Access.updates(device)), rows))
          .copy(device, 0, back, 0, size)
          .submit()
          .await();
      byte[] memory = new byte[arena.sizeBytes()];
      HostMemory.copy(back.hostAddress(), memory);
      return new Result(memory, device.deviceAddress());
    }
  }
}
