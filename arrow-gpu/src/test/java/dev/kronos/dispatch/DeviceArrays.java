// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.OpenKronos;
import dev.kronos.device.DeviceInfo;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs static kernels over Java arrays. Each array on the device is followed by a guard; closing
 * asserts that no kernel wrote there, frees the arrays and closes the device.
 */
final class DeviceArrays implements AutoCloseable {

  private static final int GUARD_BYTES = 256;
  private static final byte GUARD = (byte) 0xA5;

  private final OpenKronos open = new OpenKronos();
  private final Stream stream = open.kronos().newStream();
  private final List<DeviceBuffer> buffers = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();

  DeviceBuffer of(float... values) {
    ByteBuffer bytes = bytes(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return upload(bytes);
  }

  DeviceBuffer of(double... values) {
    ByteBuffer bytes = bytes(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return upload(bytes);
  }

  DeviceBuffer of(int... values) {
    ByteBuffer bytes = bytes(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return upload(bytes);
  }

  DeviceBuffer of(long... values) {
    ByteBuffer bytes = bytes(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return upload(bytes);
  }

  float[] floats(DeviceBuffer buffer) {
    float[] values = new float[sizeBytes(buffer) / Float.BYTES];
    download(buffer).asFloatBuffer().get(values);
    return values;
  }

  double[] doubles(DeviceBuffer buffer) {
    double[] values = new double[sizeBytes(buffer) / Double.BYTES];
    download(buffer).asDoubleBuffer().get(values);
    return values;
  }

  int[] ints(DeviceBuffer buffer) {
    int[] values = new int[sizeBytes(buffer) / Integer.BYTES];
    download(buffer).asIntBuffer().get(values);
    return values;
  }

  long[] longs(DeviceBuffer buffer) {
    long[] values = new long[sizeBytes(buffer) / Long.BYTES];
    download(buffer).asLongBuffer().get(values);
    return values;
  }

  DeviceInfo device() {
    return open.kronos().device();
  }

  Kernels kernels() {
    return open.kronos().kernels();
  }

  /** Runs a kernel of the catalogue over buffers of this object. */
  void run(String kernel, Arguments arguments, List<Access> accesses, Run run) {
    run(kernels().named(kernel), arguments, accesses, run);
  }

  /** Runs a kernel over buffers of this object. */
  void run(Kernel kernel, Arguments arguments, List<Access> accesses, Run run) {
    stream
        .dispatch(
            new Dispatch(
                kernel, arguments, accesses, run.workgroups(), run.count(), run.flags(), null))
        .submit()
        .await();
  }

  /** Says how a kernel is run. */
  record Run(int workgroups, int count, int flags) {
    static Run of(int workgroups, int count) {
      return new Run(workgroups, count, 0);
    }
  }

  /** Frees all arrays, and asserts that their guards are as they were. */
  void clear() {
    for (DeviceBuffer buffer : buffers) {
      byte[] all = read(buffer);
      byte[] guard = Arrays.copyOfRange(all, all.length - GUARD_BYTES, all.length);
      assertThat(guard).containsOnly(GUARD);
      buffer.close();
    }
    buffers.clear();
    sizes.clear();
  }

  @Override
  public void close() {
    try (open) {
      try (stream) {
        clear();
      }
    }
  }

  private static ByteBuffer bytes(int sizeBytes) {
    return ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int sizeBytes(DeviceBuffer buffer) {
    return sizes.get(buffers.indexOf(buffer));
  }

  private DeviceBuffer upload(ByteBuffer values) {
    int sizeBytes = values.capacity();
    byte[] guarded = new byte[sizeBytes + GUARD_BYTES];
    values.get(guarded, 0, sizeBytes);
    Arrays.fill(guarded, sizeBytes, guarded.length, GUARD);
    DeviceBuffer buffer = open.kronos().memory().allocate(Pool.DEVICE, guarded.length);
    buffers.add(buffer);
    sizes.add(sizeBytes);
    try (DeviceBuffer host = open.kronos().memory().allocate(Pool.UPLOAD, guarded.length)) {
      HostMemory.copy(guarded, host.hostAddress());
      stream.copy(host, 0, buffer, 0, guarded.length).submit().await();
    }
    return buffer;
  }

  private ByteBuffer download(DeviceBuffer buffer) {
    return ByteBuffer.wrap(read(buffer)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] read(DeviceBuffer buffer) {
    byte[] values = new byte[sizeBytes(buffer) + GUARD_BYTES];
    try (DeviceBuffer host = open.kronos().memory().allocate(Pool.READBACK, values.length)) {
      stream.copy(buffer, 0, host, 0, values.length).submit().await();
      HostMemory.copy(host.hostAddress(), values);
    }
    return values;
  }
}
