// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import dev.kronos.KronosException;
import dev.kronos.memory.DeviceBuffer;
import java.util.Objects;

/**
 * Names a range of a device buffer and owns one reference to that buffer.
 *
 * @param buffer the buffer; not null; its reference passes to the slice
 * @param offset first byte inside the buffer, 0 or more
 * @param sizeBytes length in bytes; {@code offset + sizeBytes} lies inside the buffer
 */
public record BufferSlice(DeviceBuffer buffer, long offset, long sizeBytes)
    implements AutoCloseable {

  /** Checks the range; throws InvalidArgument when it does not lie inside the buffer. */
  public BufferSlice {
    Objects.requireNonNull(buffer, "buffer");
    if (offset < 0 || sizeBytes < 0 || offset > buffer.sizeBytes() - sizeBytes) {
      throw new KronosException.InvalidArgument(
          KronosException.message(
              "slice outside of its buffer",
              "offset",
              offset,
              "sizeBytes",
              sizeBytes,
              "bufferBytes",
              buffer.sizeBytes()));
    }
  }

  /** Makes a slice of a whole buffer and takes over the caller's reference. */
  public static BufferSlice whole(DeviceBuffer buffer) {
    return new BufferSlice(buffer, 0, buffer.sizeBytes());
  }

  /** Makes a slice of part of a buffer with a reference of its own. */
  public static BufferSlice shared(DeviceBuffer buffer, long offset, long sizeBytes) {
    return new BufferSlice(buffer.retain(), offset, sizeBytes);
  }

  /** Returns the device address of the first byte. */
  public long deviceAddress() {
    return buffer.deviceAddress() + offset;
  }

  /** Drops the reference to the buffer. */
  @Override
  public void close() {
    buffer.close();
  }
}
