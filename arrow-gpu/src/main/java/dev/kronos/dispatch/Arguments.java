// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.KronosException;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Builds the argument table of a dispatch: values in the order in which they are put,
 * little-endian, each aligned to its own size as in a std430 or scalar block. A stream copies the
 * table when it records a dispatch, so that the builder may be cleared and used again at once.
 *
 * <p>Holds no reference to the buffers whose addresses are put; the stream takes references when it
 * records. Not thread-safe.
 */
public final class Arguments {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle NATIVE_LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final DeviceBuffer[] NONE = new DeviceBuffer[0];

  private byte[] bytes = new byte[64];
  private int size;
  private DeviceBuffer[] buffers = NONE;
  private int bufferCount;

  private Arguments() {}

  /** Returns an empty table. */
  public static Arguments builder() {
    return new Arguments();
  }

  /** Appends a 32-bit value at the next multiple of 4. */
  public Arguments putInt(int value) {
    int at = reserve(Integer.BYTES, Integer.BYTES);
    INTS.set(bytes, at, value);
    return this;
  }

  /** Appends a 64-bit value at the next multiple of 8. */
  public Arguments putLong(long value) {
    int at = reserve(Long.BYTES, Long.BYTES);
    LONGS.set(bytes, at, value);
    return this;
  }

  /** Appends a 32-bit floating-point value at the next multiple of 4. */
  public Arguments putFloat(float value) {
    return putInt(Float.floatToRawIntBits(value));
  }

  /** Appends a 64-bit floating-point value at the next multiple of 8. */
  public Arguments putDouble(double value) {
    return putLong(Double.doubleToRawLongBits(value));
  }

  /**
   * Appends the device address of a byte of a buffer, at the next multiple of 8.
   *
   * @param buffer the buffer; the access to it must be declared as well
   * @param offset which byte, from 0 to the buffer's size
   */
  public Arguments putAddress(DeviceBuffer buffer, long offset) {
    if (offset < 0 || offset > buffer.sizeBytes()) {
      throw new KronosException.InvalidArgument(
          KronosException.message(
              "address outside of its buffer", "offset", offset, "buffer", buffer));
    }
    putLong(buffer.deviceAddress() + offset);
    if (bufferCount == buffers.length) {
      buffers = Arrays.copyOf(buffers, Math.max(4, bufferCount * 2));
    }
    buffers[bufferCount++] = buffer;
    return this;
  }

  /** Appends the device address of the first byte of a buffer, at the next multiple of 8. */
  public Arguments putAddress(DeviceBuffer buffer) {
    return putAddress(buffer, 0);
  }

  /** Appends bytes as they are, without alignment. */
  public Arguments putBytes(byte[] values) {
    Objects.requireNonNull(values, "values");
    int at = reserve(values.length, 1);
    System.arraycopy(values, 0, bytes, at, values.length);
    return this;
  }

  /**
   * Appends zeros up to a multiple of {@code alignment}.
   *
   * @param alignment a power of two from 1 to 256
   */
  public Arguments align(int alignment) {
    if (alignment < 1 || alignment > 256 || Integer.bitCount(alignment) != 1) {
      throw new KronosException.InvalidArgument(
          KronosException.message("wrong alignment", "alignment", alignment));
    }
    reserve(0, alignment);
    return this;
  }

  /** Returns the size of the table so far in bytes. */
  public int sizeBytes() {
    return size;
  }

  /** Empties the table; its memory is kept. */
  public Arguments clear() {
    Arrays.fill(bytes, 0, size, (byte) 0);
    Arrays.fill(buffers, 0, bufferCount, null);
    size = 0;
    bufferCount = 0;
    return this;
  }

  int bufferCount() {
    return bufferCount;
  }

  DeviceBuffer buffer(int index) {
    return buffers[index];
  }

  /** Returns the size of the table padded to whole 64-bit words, which is what is copied. */
  int paddedBytes() {
    return size + 7 & -8;
  }

  /** Copies the table, padded with zeros to whole words, to mapped memory. */
  void copyTo(long hostAddress) {
    for (int i = 0; i < size; i += Long.BYTES) {
      HostMemory.putLong(hostAddress + i, (long) NATIVE_LONGS.get(bytes, i));
    }
  }

  /** Copies the table, padded with zeros to whole words, to a place in an array. */
  void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, paddedBytes());
  }

  private int reserve(int count, int alignment) {
    long start = ((long) size + alignment - 1) & -alignment;
    long end = start + count;
    if (end > Integer.MAX_VALUE - 16) {
      throw new KronosException.InvalidArgument(
          KronosException.message("argument table too large", "sizeBytes", end));
    }
    if (end + Long.BYTES > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2 * end + 64));
    }
    size = (int) end;
    return (int) start;
  }
}
