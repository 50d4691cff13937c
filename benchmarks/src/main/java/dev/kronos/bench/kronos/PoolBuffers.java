// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.kronos;

import dev.kronos.Kronos;
import dev.kronos.bench.program.Buffers;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;

/**
 * Buffers of the device pool. The host reaches them in place where the device shares its memory,
 * through a host pool and one copy on the device where it does not.
 */
final class PoolBuffers implements Buffers<DeviceBuffer>, AutoCloseable {

  private final Kronos kronos;
  private final Stream stream;

  PoolBuffers(Kronos kronos) {
    this.kronos = kronos;
    this.stream = kronos.newStream();
  }

  @Override
  public DeviceBuffer allocate(long sizeBytes) {
    return kronos.memory().allocate(Pool.DEVICE, sizeBytes);
  }

  @Override
  public void upload(byte[] source, DeviceBuffer target) {
    if (target.mapped()) {
      HostMemory.copy(source, target.hostAddress());
      return;
    }
    try (DeviceBuffer staging = kronos.memory().allocate(Pool.UPLOAD, source.length)) {
      HostMemory.copy(source, staging.hostAddress());
      copy(staging, target, source.length);
    }
  }

  @Override
  public void download(DeviceBuffer source, byte[] target) {
    if (source.mapped()) {
      HostMemory.copy(source.hostAddress(), target);
      return;
    }
    try (DeviceBuffer staging = kronos.memory().allocate(Pool.READBACK, target.length)) {
      copy(source, staging, target.length);
      HostMemory.copy(staging.hostAddress(), target);
    }
  }

  @Override
  public void copy(DeviceBuffer source, DeviceBuffer target, long sizeBytes) {
    stream.copy(source, 0, target, 0, sizeBytes).submit().await();
  }

  @Override
  public void fill(DeviceBuffer target, long sizeBytes, int word) {
    stream.fill(target, 0, sizeBytes, word).submit().await();
  }

  @Override
  public void free(DeviceBuffer buffer) {
    buffer.close();
  }

  @Override
  public void close() {
    stream.close();
  }
}
